// The chain reads the answer, and only in its next step the copy that was made for the cache.
// Ends: hang
// cf. node-fetch/node-fetch#396, react/react#25690
const { createServer } = require("node:http");
const { default: fetch } = require("node-fetch");

const server = createServer((_request, response) => response.end("z".repeat(512 * 1024)));

function load(url, cache) {
  return fetch(url).then((response) => {
    const cached = response.clone();
    return response.text().then((body) => cached.text().then((copy) => { cache.set(url, copy); return body; })); // starves
  });
}

server.listen(0, "127.0.0.1", async () => {
  const cache = new Map();
  const body = await load(`http://127.0.0.1:${server.address().port}/`, cache); // waits
  server.close();
  if (body.length !== 512 * 1024 || cache.size !== 1) throw new Error("not cached");
});
