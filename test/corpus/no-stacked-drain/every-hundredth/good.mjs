// After every hundredth row it asks whether the sink is full, and waits only then.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let asked = 0;
for (let row = 1; row <= 200; row += 1) {
  sink.write(`${row}\n`);
  if (row % 100 === 0) {
    asked += 1;
    if (sink.writableNeedDrain) await once(sink, "drain");
  }
}
assert.equal(asked, 2);
