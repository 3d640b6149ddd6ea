// The separator's result is not looked at, but the helper called in the same turn waits for "drain".
import assert from "node:assert";
import { once } from "node:events";
import { Writable } from "node:stream";

async function put(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, "drain");
}

async function* texts(): AsyncGenerator<string> {
  for (let text = 0; text < 50; text += 1) yield Promise.resolve("t".repeat(8 * 1024));
}

const out = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let first = true;
for await (const text of texts()) {
  if (!first) out.write(`${"-".repeat(40)}\n${text.length}`);
  first = false;
  await put(out, text);
}
assert.ok(out.writableLength <= 32 * 1024);
