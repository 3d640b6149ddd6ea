// Whoever sends a branch has it locked, or has read it to its end: to cancel it then waits for nobody.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  request.resume().on("end", () => response.writeHead(requests < 2 ? 503 : 200).end("received"));
});
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;

async function giveUp(stream: ReadableStream<Uint8Array>): Promise<void> {
  try {
    await stream.cancel();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

async function upload(items: ReadableStream<Uint8Array>, attempts = 3): Promise<number> {
  const [now, later] = items.tee();
  const response = await fetch(url, { method: "POST", body: now, duplex: "half" } as RequestInit);
  await response.text();
  if (!response.ok && attempts > 1) {
    await giveUp(now);
    return upload(later, attempts - 1);
  }
  await giveUp(later);
  return response.status;
}

const items = new Response("item\n".repeat(1000)).body;
assert(items);
assert.equal(await upload(items), 200);
server.close();
