// With a high-water mark of zero every write is refused, and so every write is followed by a "drain".
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const taken: string[] = [];
const gate = new Writable({
  highWaterMark: 0,
  write(chunk, _encoding, done) {
    taken.push(String(chunk));
    setTimeout(done, 1);
  },
});
for (const word of ["one", "two"]) {
  gate.write(word);
  await once(gate, "drain");
}
assert.deepEqual(taken, ["one", "two"]);
