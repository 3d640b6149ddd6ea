// Both destinations swallow what they get: neither can be full for ever.
import { Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";

const sizes = [0, 0];
const sinkFor = (index: 0 | 1): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      sizes[index] = (sizes[index] ?? 0) + chunk.length;
      setImmediate(done);
    },
  });

const source = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(32 * 1024)));
const first = sinkFor(0);
const second = sinkFor(1);
source.pipe(first);
source.pipe(second);
await finished(first);
await finished(second);
if (sizes.some((size) => size !== 20 * 32 * 1024)) throw new Error(sizes.join());
