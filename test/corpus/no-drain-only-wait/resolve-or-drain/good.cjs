// The callback of `write` is called in every case: with an error when the client has gone.
const assert = require("node:assert");
const http = require("node:http");
const { connect } = require("node:net");

const server = http.createServer(handle);

async function handle(request, response) {
  const failed = await sendAll(response).catch((error) => error);
  assert.ok(failed instanceof Error);
}

async function sendAll(response) {
  for (let block = 0; block < 2_000; block += 1) {
    const chunk = Buffer.alloc(64 * 1024);
    await new Promise((resolve, reject) => response.write(chunk, (error) => (error ? reject(error) : resolve())));
  }
}

server.listen(0, "127.0.0.1", () => {
  server.unref();
  const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  client.pause();
  setTimeout(() => client.destroy(), 100);
});
