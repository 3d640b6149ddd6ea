// The stream was made here, and nobody destroys it: what it takes it drains.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for (let block = 0; block < 5; block += 1) {
  if (sink.write("b".repeat(1024))) continue;
  if (block % 2 === 0) await once(sink, "drain");
  else await new Promise<void>((resolve) => void sink.once("drain", resolve));
}
assert.equal(sink.writableLength, 0);
