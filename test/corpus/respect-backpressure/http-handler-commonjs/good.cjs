// `pipeline` stops taking rows while the client does not read, and ends when the client goes away.
const assert = require("node:assert");
const { connect } = require("node:net");
const http = require("node:http");
const { pipeline } = require("node:stream/promises");

let most = 0;
async function* rows(response) {
  for (let row = 0; row < 500; row += 1) {
    most = Math.max(most, response.writableLength);
    yield "r".repeat(64 * 1024);
  }
}

const server = http.createServer(async (request, response) => {
  const stopped = await pipeline(rows(response), response).catch((error) => error.code);
  server.close();
  assert.equal(stopped, "ERR_STREAM_PREMATURE_CLOSE");
  assert.ok(most <= 1024 * 1024, `buffered ${most} bytes`);
});
server.listen(0, "127.0.0.1", () => {
  const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  client.pause();
  setTimeout(() => client.destroy(), 100);
});
