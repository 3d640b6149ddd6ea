// The event is awaited, with a deadline.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:net";

const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening", { signal: AbortSignal.timeout(5000) });
assert.ok(server.listening);
server.close();
