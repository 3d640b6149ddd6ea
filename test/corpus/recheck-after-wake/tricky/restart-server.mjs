// The end that is waited for was brought about here: the old server makes way for the new one.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";

let server = null;
async function restart() {
  if (server) {
    server.close();
    await once(server, "close");
  }
  server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}
await restart();
const first = server;
await restart();
assert.notEqual(server, first);
server.close();
