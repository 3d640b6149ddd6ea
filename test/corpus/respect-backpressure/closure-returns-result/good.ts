// The loop looks at what the helper returns.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
const emit = (record: object) => sink.write(`${JSON.stringify(record)}\n`);

for (let id = 0, count = Number("100"); id < count; id += 1) {
  if (!emit({ id, text: "t".repeat(8 * 1024) })) await once(sink, "drain");
}
assert.ok(sink.writableLength <= 32 * 1024, `buffered ${sink.writableLength} bytes`);
