// The command gives up by itself after a time, and this process with it.
import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

const server = createServer((_request, response) => response.end("pong")).listen(0, "127.0.0.1");
await once(server, "listening");
const probe = `fetch("http://127.0.0.1:${server.address().port}/")`;
const { signal } = spawnSync(process.execPath, ["-e", probe], { timeout: 300 });
assert.equal(signal, "SIGTERM");
server.close();
server.closeAllConnections();
