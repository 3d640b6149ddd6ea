// A stream of the wrong type is destroyed.
const assert = require("node:assert/strict");
const http = require("node:http");
const axios = require("axios");

const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const images = axios.create({ httpAgent, responseType: "stream", proxy: false });

async function sizeOf(url) {
  const { data, headers } = await images.get(url);
  if (headers["content-type"] !== "image/png") {
    data.destroy();
    throw new Error("no image");
  }
  let size = 0;
  for await (const chunk of data) size += chunk.length;
  return size;
}

async function main(origin) {
  await assert.rejects(sizeOf(`${origin}/page.html`), /no image/);
  assert.equal(await sizeOf(`${origin}/a.png`), 5000);
  httpAgent.destroy();
  server.close();
}

const server = http.createServer((request, response) => {
  response.setHeader("content-type", request.url.endsWith("png") ? "image/png" : "text/html");
  response.end(Buffer.alloc(5000));
});
server.listen(0, "127.0.0.1", () => main(`http://127.0.0.1:${String(server.address().port)}`));
