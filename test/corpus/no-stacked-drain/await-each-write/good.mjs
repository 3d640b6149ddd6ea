// Only a write that returned false is followed by a wait.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for (const line of ["a", "b"]) {
  if (!sink.write(`${line}\n`)) await once(sink, "drain");
}
assert.equal(sink.writableNeedDrain, false);
sink.end();
