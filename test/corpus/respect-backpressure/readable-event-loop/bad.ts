// All that can be read is written at once each time the source is readable; the sink is never asked.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { once } from "node:events";
import { Readable, Writable } from "node:stream";

const source = Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(8 * 1024)));
const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
source.on("readable", () => {
  let chunk: Buffer | null;
  while ((chunk = source.read() as Buffer | null) !== null) {
    sink.write(chunk); // starves
  }
});
await once(source, "end");
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
