// The handler takes row after row from its source, whatever the response says: a client that reads slowly costs memory.
// cf. nodejs/node#10631
// Ends: exit 1
// Fails: buffered
const assert = require("node:assert");
const { connect } = require("node:net");
const http = require("node:http");

async function* rows() {
  for (let row = 0; row < 500; row += 1) yield "r".repeat(64 * 1024);
}

const server = http.createServer(async (request, response) => {
  for await (const row of rows()) {
    response.write(row); // starves
  }
  const buffered = response.writableLength;
  client.destroy();
  server.close();
  assert.ok(buffered <= 1024 * 1024, `buffered ${buffered} bytes`);
});
let client;
server.listen(0, "127.0.0.1", () => {
  client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  client.pause();
});
