// What is given to the outer name is the body itself, and that is read: no second request is made.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Agent, request } from "undici";

const server = createServer((_request, response) => response.end("from afar")).listen(0, "127.0.0.1");
await once(server, "listening");
const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
const dispatcher = new Agent({ connections: 1 });

async function read(source: string | AsyncIterable<Uint8Array>): Promise<string> {
  let body: AsyncIterable<Uint8Array>;
  if (typeof source === "string") {
    const response = await request(source, { dispatcher });
    body = response.body;
  } else {
    body = source;
  }
  return text(body);
}

assert.equal(await read(address), "from afar");
assert.equal(await read(address), "from afar");
await dispatcher.close();
server.close();
