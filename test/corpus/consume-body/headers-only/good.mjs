// A request for the header alone has no body.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import * as undici from "undici";

const server = http.createServer((request, response) => {
  response.setHeader("etag", `"${request.url}"`);
  response.end(request.method === "HEAD" ? undefined : "page ".repeat(30_000));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
undici.setGlobalDispatcher(new undici.Agent({ connections: 2 }));

const etagOf = async (path) => (await undici.fetch(`http://127.0.0.1:${server.address().port}${path}`, { method: "HEAD" })).headers.get("etag");

const etags = [];
for (const path of ["/a", "/b", "/c"]) etags.push(await etagOf(path));
assert.deepEqual(etags, ['"/a"', '"/b"', '"/c"']);
await undici.getGlobalDispatcher().close();
server.close();
