// One chunk beyond the buffer's size is always refused, and so always drains.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
const drained = once(sink, "drain");
sink.write(Buffer.alloc(64 * 1024));
await drained;
assert.equal(sink.writableLength, 0);
