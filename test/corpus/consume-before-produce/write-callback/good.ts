// Both copies are read from the start.
import { PassThrough, type Writable } from "node:stream";

function put(stream: Writable, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

const page = new Uint8Array(32_768);
const copies = [new PassThrough(), new PassThrough()];
const measuring = Promise.all(
  copies.map(async (copy) => {
    let size = 0;
    for await (const chunk of copy) size += (chunk as Uint8Array).length;
    return size;
  }),
);
for (let number = 0; number < 8; number += 1) {
  for (const copy of copies) await put(copy, page);
}
for (const copy of copies) copy.end();

const sizes = await measuring;
if (sizes.join() !== "262144,262144") throw new Error(sizes.join());
