// The same promise rejects on "close"; each listener removes the other.
import assert from "node:assert";
import { once } from "node:events";
import http from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";

async function stream(res: http.ServerResponse): Promise<void> {
  for (let block = 0; block < 2_000; block += 1) {
    if (res.write("b".repeat(64 * 1024))) continue;
    await new Promise<void>((resolve, reject) => {
      const onDrain = (): void => {
        res.off("close", onClose);
        resolve();
      };
      const onClose = (): void => {
        res.off("drain", onDrain);
        reject(new Error("gone"));
      };
      res.once("drain", onDrain);
      res.once("close", onClose);
    });
  }
  res.end();
}

const handled = Promise.withResolvers<void>();
const server = http.createServer((_request, response) => {
  stream(response).then(handled.resolve, handled.reject);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
await assert.rejects(handled.promise, /gone/);
