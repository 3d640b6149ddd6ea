// The body goes into other streams: to the caller, through a pipeline, and by a generator.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { request } from "undici";

const server = createServer((_request, response) => response.end("flow")).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;

async function open(): Promise<Readable> {
  const { statusCode, body } = await request(url);
  if (statusCode !== 200) {
    body.destroy();
    throw new Error(`status ${String(statusCode)}`);
  }
  return body;
}

async function copy(into: PassThrough): Promise<void> {
  const response = await fetch(url);
  if (!response.body) throw new Error("no body");
  await pipeline(Readable.fromWeb(response.body), into);
}

async function* chunks(): AsyncGenerator<unknown> {
  const { body } = await request(url);
  for await (const chunk of body) yield chunk;
}

function old(done: (content: Promise<string>) => void): void {
  get(url, (response) => {
    const through = new PassThrough();
    response.on("error", (error) => through.destroy(error));
    done(text(response.pipe(through)));
  });
}

const into = new PassThrough();
const piped = new Promise<string>((resolve) => {
  old((content) => void content.then(resolve));
});
const contents = await Promise.all([open().then(text), text(into), text(chunks()), piped, copy(into)]);
assert.deepEqual(contents.slice(0, 4), ["flow", "flow", "flow", "flow"]);
server.close();
server.closeAllConnections();
