// The loop ends when a write is refused; what comes after it may wait for "drain".
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let written = 0;
let more: boolean;
do {
  more = sink.write("x".repeat(100));
  written += 1;
} while (more);
await once(sink, "drain");
assert.equal(written, 11);
