// The error takes the response along, and whoever catches it reads the body.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, fetch, type Response } from "undici";

class HttpError extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super(`status ${String(response.status)}`);
    this.response = response;
  }
}

const server = createServer((_request, response) => {
  response.statusCode = 500;
  response.end("x".repeat(100_000));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const dispatcher = new Agent({ connections: 1 });
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

async function load(): Promise<string> {
  const response = await fetch(url, { dispatcher });
  if (!response.ok) throw new HttpError(response);
  return response.text();
}

for (let turn = 0; turn < 2; turn += 1) {
  const error = await load().catch((reason: unknown) => reason);
  assert.ok(error instanceof HttpError);
  assert.equal((await error.response.text()).length, 100_000);
}
await dispatcher.close();
server.close();
