// The state is looked at after the last await, so that only a server that is not listening yet is waited for.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const server = createServer().listen(0, "127.0.0.1");
await sleep(20);
if (!server.listening) await once(server, "listening");
assert.ok(server.listening);
server.close();
