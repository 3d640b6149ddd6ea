// The lines are iterated, and the loop waits when a write is refused.
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
const input = Readable.from(Array.from({ length: 100 }, () => `${"l".repeat(8 * 1024)}\n`));
for await (const line of createInterface({ input })) {
  const more = sink.write(line.toUpperCase());
  if (!more) await once(sink, "drain");
}
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
