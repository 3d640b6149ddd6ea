// An upload is an async function: it reads from the moment it is called, and its promise is kept.
const hosts = ["north", "south", "east"];

async function upload(host: string, body: ReadableStream<Uint8Array>): Promise<string> {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  return `${host}: ${bytes}`;
}

async function* readShards(): AsyncGenerator<Uint8Array[]> {
  for (let shard = 1; shard <= 4; shard += 1) yield hosts.map(() => new Uint8Array(shard * 100));
}

const writers: WritableStreamDefaultWriter<Uint8Array>[] = [];
const uploads: Promise<string>[] = [];
for (const host of hosts) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  writers.push(writable.getWriter());
  uploads.push(upload(host, readable));
}

for await (const shard of readShards()) {
  await Promise.all(shard.map((chunk, index) => writers[index]?.write(chunk)));
}
await Promise.all(writers.map((writer) => writer.close()));

const receipts = await Promise.all(uploads);
if (receipts.join() !== "north: 1000,south: 1000,east: 1000") throw new Error(receipts.join());
