// `pipe` pauses the source for as long as the sink is full.
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
source.pipe(sink);
await once(source, "end");
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
