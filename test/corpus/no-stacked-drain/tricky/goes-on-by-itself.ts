// The function writes until it is refused, then listens once and returns: "drain" calls it again.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let left = 50;
function writeAll(): void {
  let ok = true;
  while (left > 0 && ok) {
    left -= 1;
    if (left === 0) sink.end("last");
    else ok = sink.write("x".repeat(200));
    if (!ok) sink.once("drain", writeAll);
  }
}
writeAll();
await once(sink, "finish");
assert.equal(left, 0);
