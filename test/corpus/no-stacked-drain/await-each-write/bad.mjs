// "drain" follows only a refused write; this small one is taken at once, so the wait never ends.
// Ends: exit 13
import { once } from "node:events";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for (const line of ["a", "b"]) {
  sink.write(`${line}\n`);
  await once(sink, "drain"); // starves
}
sink.end();
