// The server end has its listener before the client writes.
import { once } from "node:events";
import { duplexPair } from "node:stream";

const [client, server] = duplexPair();
let received = 0;
server.on("data", (chunk: Buffer) => (received += chunk.length));
const ended = once(server, "end");
for (let frame = 0; frame < 32; frame += 1) {
  if (!client.write(Buffer.alloc(8192, frame))) await once(client, "drain");
}
client.end();

await ended;
if (received !== 32 * 8192) throw new Error(`${received}`);
