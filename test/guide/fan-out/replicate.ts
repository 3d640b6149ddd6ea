import { fanOut } from "tailrace";

const hosts = ["north", "south", "east"];

async function upload(host: string, body: AsyncIterable<Uint8Array>): Promise<string> {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  return `${host}: ${bytes}`;
}

/** Each shard is a list of chunks, one for each host. */
async function* readShards(): AsyncGenerator<Uint8Array[]> {
  for (let shard = 1; shard <= 4; shard += 1) yield hosts.map(() => new Uint8Array(shard * 100));
}

// #region fan-out
const receipts = await fanOut(
  readShards(),
  hosts.map((host) => (chunks: AsyncIterable<Uint8Array>) => upload(host, chunks)),
  { route: "zip" },
);
// #endregion

for (const receipt of receipts) console.log(receipt);
// prints north: 1000
// prints south: 1000
// prints east: 1000
