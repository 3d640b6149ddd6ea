// The source cannot be paused, but a flag keeps the listeners from piling up.
import assert from "node:assert";
import { EventEmitter } from "node:events";
import { Writable } from "node:stream";

const ticker = new EventEmitter();
const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let waiting = false;
for (let tick = 0; tick < 20; tick += 1) {
  ticker.emit("tick", tick);
  if (waiting) continue;
  if (!sink.write("t".repeat(600))) {
    waiting = true;
    sink.once("drain", () => (waiting = false));
  }
}
assert.equal(sink.listenerCount("drain"), 1);
sink.destroy();
