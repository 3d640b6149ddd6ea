// The server runs, but the command does not ask it.
import assert from "node:assert";
import { execFileSync, execSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

const server = createServer((_request, response) => response.end("pong")).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address();
const version = execFileSync(process.execPath, ["--version"], { encoding: "utf8" });
const echoed = execSync(`echo listening on ${port}`, { encoding: "utf8" });
assert.equal(version.trim(), process.version);
assert.equal(echoed.trim(), `listening on ${port}`);
server.close();
