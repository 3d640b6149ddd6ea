// After every hundredth row it waits for "drain", though no write of them was refused.
// Ends: exit 13
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for (let row = 1; row <= 200; row += 1) {
  sink.write(`${row}\n`);
  if (row % 100 === 0) await once(sink, "drain"); // starves
}
