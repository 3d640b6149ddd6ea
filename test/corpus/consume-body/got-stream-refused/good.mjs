// The stream of what is not saved is destroyed.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { text } from "node:stream/consumers";
import got from "got";

const server = http.createServer((request, response) => {
  response.setHeader("content-type", request.url === "/tar" ? "application/x-tar" : "text/html");
  response.end("content");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const agent = { http: new http.Agent({ keepAlive: true, maxSockets: 1 }) };

const save = (path) =>
  new Promise((resolve, reject) => {
    const archive = got.stream(`http://127.0.0.1:${server.address().port}${path}`, { agent, retry: { limit: 0 } });
    archive.on("error", reject);
    archive.on("response", (response) => {
      if (response.headers["content-type"] !== "application/x-tar") {
        archive.destroy();
        reject(new Error("no archive"));
        return;
      }
      text(archive).then(resolve, reject);
    });
  });

await assert.rejects(save("/html"), /no archive/);
assert.equal(await save("/tar"), "content");
agent.http.destroy();
server.close();
