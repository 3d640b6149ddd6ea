// Each link of the chain begins on "drain"; the link after a client has gone never begins.
// Ends: exit 0 early
const { once } = require("node:events");
const http = require("node:http");
const { connect } = require("node:net");

let left = 2_000;
const server = http.createServer(async (request, response) => {
  const { promise: sent, resolve } = Promise.withResolvers();
  const pump = () => {
    while (left > 0 && response.write(Buffer.alloc(64 * 1024))) left -= 1;
    if (left === 0) return resolve();
    once(response, "drain").then(pump); // starves
  };
  pump();
  await sent; // waits
  console.log("sent");
});

server.listen(0, "127.0.0.1", () => {
  server.unref();
  const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  client.pause();
  setTimeout(() => client.destroy(), 100);
});
