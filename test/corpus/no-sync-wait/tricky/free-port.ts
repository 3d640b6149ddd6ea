// The server only finds a free port: it is closed before the command runs, which listens on that port itself.
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const port = await freePort();
const script = `const server = require("net").createServer().listen(${port.toString()}, () => server.close())`;
assert.equal(String(execFileSync(process.execPath, ["-e", script])), "");
