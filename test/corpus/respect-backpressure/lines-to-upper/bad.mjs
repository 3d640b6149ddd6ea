// Each line that readline finds is written, and nothing tells readline to stop while the sink is full.
// Ends: exit 1
// Fails: buffered
import assert from "node:assert";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable, Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
const lines = createInterface({ input: Readable.from(Array.from({ length: 100 }, () => `${"l".repeat(8 * 1024)}\n`)) });
lines.on("line", function shout(line) {
  const upper = line.toUpperCase();
  sink.write(upper); // starves
});
await once(lines, "close");
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
