// A refused write waits for "drain", so that at most one chunk stands beyond the buffer's size.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const rows = 200;
const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let most = 0;
for (let row = 0; row < rows; row += 1) {
  if (!sink.write(Buffer.alloc(4096, `${row},`))) await once(sink, "drain");
  most = Math.max(most, sink.writableLength);
}
sink.end();
assert.ok(most <= 32 * 1024, `buffered ${most} bytes`);
