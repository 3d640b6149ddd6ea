// The first of "drain" and "close" continues the chain.
const assert = require("node:assert");
const { once } = require("node:events");
const http = require("node:http");
const { connect } = require("node:net");

let left = 2_000;
const server = http.createServer((request, response) => {
  const closed = once(response, "close");
  const pump = () => {
    while (left > 0 && !response.destroyed && response.write(Buffer.alloc(64 * 1024))) left -= 1;
    if (response.destroyed) return console.log(left > 0);
    Promise.race([once(response, "drain"), closed]).then(pump, assert.ifError);
  };
  pump();
});

server.listen(0, "127.0.0.1", () => {
  server.unref();
  const client = connect(server.address().port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  client.pause();
  setTimeout(() => client.destroy(), 100);
});
