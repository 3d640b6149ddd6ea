// The client leaves while the picture is drawn: the response has closed by then, and takes no picture that would end it.
// Ends: hang
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

const begun = Promise.withResolvers<void>();
const done = Promise.withResolvers<string>();

async function draw(): Promise<Buffer> {
  begun.resolve();
  await sleep(400);
  return Buffer.alloc(1024);
}

async function send(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on("error", () => undefined);
  const picture = new PassThrough();
  picture.end(await draw());
  await new Promise<void>((resolve) => picture.pipe(response).once("close", resolve)); // starves
  done.resolve("page closed");
}

const server = createServer((request, response) => void send(request, response));
await once(server.listen(0, "127.0.0.1"), "listening");
const controller = new AbortController();
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
const visit = fetch(url, { signal: controller.signal }).catch(() => undefined);
await begun.promise;
controller.abort();
await visit;
await done.promise;
server.close();
