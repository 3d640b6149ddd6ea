// The helper returns the promise of "drain" alone; all who call it race it with the end of the response.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { finished } from "node:stream/promises";

function drained(response: ServerResponse): Promise<unknown> {
  return once(response, "drain");
}

const handled = Promise.withResolvers<void>();
const server = createServer((_request, response) => {
  const ended = finished(response);
  const send = async (): Promise<void> => {
    if (!response.write(Buffer.alloc(64 * 1024 * 1024))) await Promise.race([drained(response), ended]);
  };
  send().then(handled.resolve, handled.reject);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
await assert.rejects(handled.promise, /Premature close/);
