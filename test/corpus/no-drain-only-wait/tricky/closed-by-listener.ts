// The handler waits for "drain" alone, but "close" of the response rejects what its caller waits for.
import assert from "node:assert";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";

const handled = Promise.withResolvers<void>();
const server = createServer((_request, response) => {
  response.once("close", () => handled.reject(new Error("client left")));
  const send = async (): Promise<void> => {
    for (let block = 0; block < 2_000; block += 1) {
      if (!response.write(Buffer.alloc(64 * 1024))) await once(response, "drain");
    }
  };
  void send().then(handled.resolve);
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
client.pause();
setTimeout(() => client.destroy(), 100);
await assert.rejects(handled.promise, /client left/);
