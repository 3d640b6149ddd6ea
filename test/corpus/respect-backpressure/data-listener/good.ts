// The source is paused when a write is refused, and resumed on "drain".
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
let most = 0;
source.on("data", (chunk: Buffer) => {
  if (!sink.write(chunk)) {
    source.pause();
    sink.once("drain", () => source.resume());
  }
  most = Math.max(most, sink.writableLength);
});
await once(source, "end");
assert.ok(most <= 32 * 1024, `buffered ${most} bytes`);
