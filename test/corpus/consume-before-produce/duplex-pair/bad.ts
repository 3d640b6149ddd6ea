// What is written at one end of the pair waits to be read at the other, and that loop stands after the writes.
// Ends: exit 13
import { once } from "node:events";
import { duplexPair } from "node:stream";

const [client, server] = duplexPair();
for (let frame = 0; frame < 32; frame += 1) {
  if (!client.write(Buffer.alloc(8192, frame))) await once(client, "drain"); // starves
}
client.end();

let received = 0;
for await (const chunk of server) received += (chunk as Buffer).length;
if (received !== 32 * 8192) throw new Error(`${received}`);
