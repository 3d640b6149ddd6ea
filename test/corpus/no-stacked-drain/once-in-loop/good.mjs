// The loop itself waits: at most one listener stands at a time.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let most = 0;
for (let row = 0; row < 50; row += 1) {
  if (!sink.write("r".repeat(1024))) {
    const drained = once(sink, "drain");
    most = Math.max(most, sink.listenerCount("drain"));
    await drained;
  }
}
sink.end();
assert.ok(most <= 1, `${most} listeners`);
