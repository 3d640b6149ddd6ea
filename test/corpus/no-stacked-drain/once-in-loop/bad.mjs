// Each refused write adds one more listener, and the loop goes on: the next "drain" calls all of them.
// cf. nodejs/help#2426
// Ends: exit 1
// Fails: listeners
import assert from "node:assert";
import { Writable } from "node:stream";

process.on("warning", () => {});
const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let drained = 0;
for (let row = 0; row < 50; row += 1) {
  if (!sink.write("r".repeat(1024))) {
    sink.once("drain", () => (drained += 1)); // starves
  }
}
const { length } = sink.listeners("drain");
sink.end();
assert.ok(length <= 1, `${length} listeners wait for one drain`);
