// A write that is awaited by its callback: a transform calls it back only once there is room on its other side.
// Ends: exit 13
import { PassThrough, type Writable } from "node:stream";

function put(stream: Writable, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

const page = new Uint8Array(32_768);
const copies = [new PassThrough(), new PassThrough()];
for (let number = 0; number < 8; number += 1) {
  for (const copy of copies) await put(copy, page); // starves
}
for (const copy of copies) copy.end();

const sizes = await Promise.all(
  copies.map(async (copy) => {
    let size = 0;
    for await (const chunk of copy) size += (chunk as Uint8Array).length;
    return size;
  }),
);
if (sizes.join() !== "262144,262144") throw new Error(sizes.join());
