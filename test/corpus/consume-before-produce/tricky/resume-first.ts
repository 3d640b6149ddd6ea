// resume() throws the output away on purpose; what counts is collected in the transform.
import { once } from "node:events";
import { Transform } from "node:stream";

let lines = 0;
const counter = new Transform({
  transform(chunk: Buffer, _encoding, done) {
    for (const byte of chunk) if (byte === 10) lines += 1;
    done(null, chunk);
  },
});
counter.resume();
for (let block = 0; block < 8; block += 1) {
  if (!counter.write("\n".repeat(50_000))) await once(counter, "drain");
}
counter.end();
await once(counter, "end");
if (lines !== 400_000) throw new Error(`${lines}`);
