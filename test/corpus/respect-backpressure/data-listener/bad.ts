// The listener hands on each chunk as it comes; the source is never paused, so that the slower sink keeps all of them.
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
source.on("data", (chunk: Buffer) => sink.write(chunk)); // starves
await once(source, "end");
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
