// Each turn makes a row faster than the sink takes one, and the sink's "full" is not looked at: all rows wait in memory.
// cf. nodejs/node-v0.x-archive#6623
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { Writable } from "node:stream";

const rows = 5_000;
const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for (let row = 0; row < rows; row += 1) {
  sink.write(`${row},${"x".repeat(100)}\n`); // starves
}
sink.end();
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
