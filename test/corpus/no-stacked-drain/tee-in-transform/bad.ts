// The transform calls back at once, whatever its copy says, and leaves one more listener there for each chunk.
// Ends: exit 1
// Fails: listeners
import assert from "node:assert";
import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

process.on("warning", () => {});
const copy = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let most = 0;
const tee = new Transform({
  transform(chunk: Buffer, _encoding, callback) {
    if (!copy.write(chunk)) {
      copy.once("drain", () => copy.emit("room")); // starves
    }
    most = Math.max(most, copy.listeners("drain").length);
    callback(null, chunk);
  },
});
await pipeline(Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1024))), tee.resume());
copy.destroy();
assert.ok(most <= 1, `${most} listeners wait for one drain`);
