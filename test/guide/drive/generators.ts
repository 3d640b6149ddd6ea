import { drive } from "tailrace";

const hosts = ["north", "south", "east"];

async function* upload(host: string, body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  yield `${host}: ${bytes}`;
}

const writers: WritableStreamDefaultWriter<Uint8Array>[] = [];
const lazy: AsyncGenerator<string>[] = [];
for (const host of hosts) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  writers.push(writable.getWriter());
  lazy.push(upload(host, readable));
}
const uploads = drive(lazy); // all of them run from here on

for (let shard = 1; shard <= 4; shard += 1) {
  await Promise.all(writers.map((writer) => writer.write(new Uint8Array(shard * 100))));
}
await Promise.all(writers.map((writer) => writer.close()));

for (const receipts of await uploads) console.log(receipts.join());
// prints north: 1000
// prints south: 1000
// prints east: 1000
