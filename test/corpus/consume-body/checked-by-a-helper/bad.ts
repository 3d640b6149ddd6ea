// The helper that checks the status throws, and nobody has the response any more: its body keeps the only connection.
// Ends: hang
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "undici";
import type { Dispatcher } from "undici";

let asked = 0;
const server = createServer((_request, response) => {
  asked += 1;
  response.statusCode = asked === 1 ? 429 : 200;
  response.end(`"${"slow down ".repeat(20_000)}"`);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const client = new Client(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);

async function assertOk(response: Dispatcher.ResponseData): Promise<void> {
  await Promise.resolve();
  if (response.statusCode !== 200) throw new Error(`status ${String(response.statusCode)}`); // starves
}

async function load(path: string): Promise<unknown> {
  const response = await client.request({ path, method: "GET" });
  await assertOk(response);
  return response.body.json();
}

await assert.rejects(load("/a"), /429/);
assert.match(String(await load("/b")), /^slow/); // waits
await client.close();
server.close();
