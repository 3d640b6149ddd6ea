// A generator makes lines as fast as they are taken, and the loop takes them without asking the sink.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import * as streams from "node:stream";

function* lines() {
  for (let line = 0; line < 100; line += 1) yield `${line}: ${"-".repeat(8 * 1024)}\n`;
}

const sink = new streams.Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for (const line of lines()) {
  sink.write(line); // starves
}
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
