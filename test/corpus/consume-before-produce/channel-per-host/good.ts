// drive() starts all three; awaiting it gives their results in order.
import { channel, drive, type Channel } from "tailrace";

async function* replicate(host: string, chunks: Channel<Uint8Array>): AsyncGenerator<string> {
  let bytes = 0;
  for await (const chunk of chunks) bytes += chunk.length;
  yield `${host} ${bytes}`;
}

const hosts = ["a", "b", "c"];
const channels = hosts.map((host) => channel<Uint8Array>({ capacity: 2, name: host }));
const receipts = drive(hosts.map((host, index) => replicate(host, channels[index]!)));

for (let shard = 0; shard < 8; shard += 1) {
  await Promise.all(channels.map((chunks) => chunks.send(new Uint8Array(100))));
}
for (const chunks of channels) chunks.close();

const lines = (await receipts).flat();
if (lines.join() !== "a 800,b 800,c 800") throw new Error(lines.join());
