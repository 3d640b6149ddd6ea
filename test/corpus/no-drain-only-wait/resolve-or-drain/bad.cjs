// The promise is resolved at once, or else by "drain" alone, which a closed response never emits.
// cf. productdevbook/unemail#131
// Ends: exit 0 early
const http = require("node:http");
const { connect } = require("node:net");

const server = http.createServer(handle);

async function handle(request, response) {
  for (let block = 0; block < 2_000; block += 1) {
    const chunk = Buffer.alloc(64 * 1024);
    await new Promise((resolve) => (response.write(chunk) ? resolve() : response.once("drain", resolve))); // starves
  }
  console.log("handled");
}

server.listen(0, "127.0.0.1", () => {
  server.unref();
  const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  client.pause();
  setTimeout(() => client.destroy(), 100);
});
