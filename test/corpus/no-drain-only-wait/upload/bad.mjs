// The server hangs up on the upload; the request fails and closes, and its writer waits for "drain".
// Ends: exit 13
import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:net";

const server = createServer((peer) => {
  peer.pause();
  setTimeout(() => peer.resetAndDestroy(), 100);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const upload = request({ port: server.address().port, method: "PUT" });
upload.on("error", (error) => {
  process.exitCode = error ? 13 : 0;
});
for (let part = 0; part < 2_000; part += 1) {
  const more = upload.write(Buffer.alloc(64 * 1024));
  if (more) continue;
  await new Promise((resolve) => upload.once("drain", resolve)); // starves
}
upload.end();
