// The helper asks first whether there will be a "drain".
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

const drained = async (stream: Writable): Promise<void> => {
  if (stream.writableNeedDrain) await once(stream, "drain");
};

async function save(lines: Iterable<string>, out: Writable): Promise<number> {
  let saved = 0;
  for (const line of lines) {
    out.write(line);
    await drained(out);
    saved += 1;
  }
  return saved;
}

assert.equal(await save(["a", "b"], new Writable({
  highWaterMark: 64 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
})), 2);
