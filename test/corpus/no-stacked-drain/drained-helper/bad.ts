// The helper waits for "drain" whenever it is called, and it is called after every write.
// Ends: exit 13
import { once } from "node:events";
import { Writable } from "node:stream";

const drained = (stream: Writable): Promise<unknown> => once(stream, "drain");

async function save(lines: Iterable<string>, out: Writable): Promise<void> {
  for (const line of lines) {
    out.write(line);
    await drained(out); // starves
  }
}

await save(["a", "b"], new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
}));
