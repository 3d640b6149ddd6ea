// The generator is the source of a pipeline: it runs only while the sink has room.
import assert from "node:assert";
import * as streams from "node:stream";
import { pipeline } from "node:stream/promises";

let most = 0;
function* lines() {
  for (let line = 0; line < 100; line += 1) {
    most = Math.max(most, sink.writableLength);
    yield `${line}: ${"-".repeat(8 * 1024)}\n`;
  }
}

const sink = new streams.Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
await pipeline(lines, sink);
assert.ok(most <= 32 * 1024, `buffered ${most} bytes`);
