// A socket is one stream with two directions, not two ends of one pipe: the peer reads what is written here.
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";

const server = createServer(async (incoming, response) => response.end(`${(await buffer(incoming)).length}`));
await once(server.listen(0, "127.0.0.1"), "listening");
const outgoing = request({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", method: "POST" });
const responded = once(outgoing, "response");
for (let block = 0; block < 20; block += 1) {
  if (!outgoing.write(Buffer.alloc(100_000))) await once(outgoing, "drain");
}
outgoing.end();

const [incoming] = (await responded) as [IncomingMessage];
const size = await text(incoming);
server.close();
if (size !== "2000000") throw new Error(size);
