// Whatever happens in between, the last block gives up what has not been read.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, fetch } from "undici";

const server = createServer((request, response) => {
  response.statusCode = request.url === "/gone" ? 410 : 200;
  response.end("y".repeat(100_000));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const dispatcher = new Agent({ connections: 1 });
const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

async function sizeOf(path: string): Promise<number> {
  const response = await fetch(origin + path, { dispatcher });
  try {
    if (!response.ok) throw new Error(`status ${String(response.status)}`);
    return (await response.text()).length;
  } finally {
    if (!response.bodyUsed) await response.body?.cancel();
  }
}

await assert.rejects(sizeOf("/gone"), /410/);
assert.equal(await sizeOf("/there"), 100_000);
await dispatcher.close();
server.close();
