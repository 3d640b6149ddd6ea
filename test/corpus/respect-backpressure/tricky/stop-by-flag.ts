// Several writes belong together; the result of the last one tells for all.
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

async function* chunks(): AsyncGenerator<string> {
  for (let chunk = 0; chunk < 50; chunk += 1) yield Promise.resolve("c".repeat(8 * 1024));
}

const out = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
for await (const chunk of chunks()) {
  out.write("data: ");
  out.write(chunk);
  const more = out.write("\n\n");
  if (!more) await once(out, "drain");
}
assert.ok(out.writableLength <= 32 * 1024);
