// A signal with a deadline ends the wait, whatever becomes of the client.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";

const controller = new AbortController();
const handled = Promise.withResolvers<unknown>();
const server = createServer(async (_request, response) => {
  const { signal } = controller;
  setTimeout(() => controller.abort(), 50);
  try {
    while (true) {
      if (!response.write(Buffer.alloc(64 * 1024))) await once(response, "drain", { signal });
    }
  } catch (error) {
    handled.resolve(error);
  }
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
assert.ok((await handled.promise) instanceof Error);
