// The transform calls back from "drain": until then it is given no other chunk.
import assert from "node:assert";
import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

const copy = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let most = 0;
const tee = new Transform({
  transform(chunk: Buffer, _encoding, callback) {
    if (copy.write(chunk)) {
      callback(null, chunk);
      return;
    }
    copy.once("drain", () => callback(null, chunk));
    most = Math.max(most, copy.listeners("drain").length);
  },
});
await pipeline(Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1024))), tee.resume());
copy.destroy();
assert.ok(most <= 1, `${most} listeners`);
