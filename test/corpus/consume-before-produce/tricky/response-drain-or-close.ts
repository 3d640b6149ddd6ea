// A server response is drained by its client; the wait also ends when the client goes away.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer(async (_request, response) => {
  const closed = once(response, "close");
  for (let block = 0; block < 40 && !response.destroyed; block += 1) {
    if (!response.write(Buffer.alloc(65_536))) await Promise.race([once(response, "drain"), closed]);
  }
  response.end();
});
await once(server.listen(0, "127.0.0.1"), "listening");

const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
const { byteLength } = await response.arrayBuffer();
server.close();
if (byteLength !== 40 * 65_536) throw new Error(`${byteLength}`);
