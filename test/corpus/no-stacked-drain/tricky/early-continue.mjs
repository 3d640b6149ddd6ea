// What goes on at once goes on by `continue`; only a refused write gets to the wait.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let waits = 0;
for (const size of [10, 2000, 10]) {
  const ok = sink.write(Buffer.alloc(size));
  if (ok) continue;
  waits += 1;
  await once(sink, "drain");
}
assert.equal(waits, 1);
