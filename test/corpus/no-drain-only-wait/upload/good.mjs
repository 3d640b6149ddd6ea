// `pipeline` rejects with the error of the request.
import assert from "node:assert";
import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:net";
import { pipeline } from "node:stream/promises";

const server = createServer((peer) => {
  peer.pause();
  setTimeout(() => peer.resetAndDestroy(), 100);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const upload = request({ port: server.address().port, method: "PUT" });
async function* parts() {
  for (let part = 0; part < 2_000; part += 1) yield Buffer.alloc(64 * 1024);
}
await assert.rejects(pipeline(parts, upload));
