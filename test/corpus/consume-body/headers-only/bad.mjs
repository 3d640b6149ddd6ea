// Only a header of each page is looked at: the bodies keep both connections, and the third page is never asked for.
// Ends: hang
// cf. remix-run/remix-website#249
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

const etagOf = async (path) => (await undici.fetch(`http://127.0.0.1:${server.address().port}${path}`)).headers.get("etag"); // starves

const etags = [];
for (const path of ["/a", "/b", "/c"]) etags.push(await etagOf(path)); // waits
assert.deepEqual(etags, ['"/a"', '"/b"', '"/c"']);
await undici.getGlobalDispatcher().close();
server.close();
