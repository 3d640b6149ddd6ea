// What is cached is the text that was read.
const { createServer } = require("node:http");
const { default: fetch } = require("node-fetch");

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024)));

function load(url, cache) {
  return fetch(url)
    .then((response) => response.text())
    .then((body) => {
      cache.set(url, body);
      return body;
    });
}

server.listen(0, "127.0.0.1", async () => {
  const cache = new Map();
  const body = await load(`http://127.0.0.1:${server.address().port}/`, cache);
  server.close();
  if (body.length !== 512 * 1024 || cache.size !== 1) throw new Error("not cached");
});
