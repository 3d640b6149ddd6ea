// The promise of "drain" is awaited before the next row is taken.
import assert from "node:assert";
import { Writable } from "node:stream";

async function* rows(): AsyncGenerator<string> {
  for (let row = 0; row < 50; row += 1) yield Promise.resolve("r".repeat(1024));
}

async function copy(out: Writable): Promise<void> {
  for await (const row of rows()) {
    const more = out.write(row);
    if (more) continue;
    await new Promise<void>((resolve, reject) => {
      out.once("drain", done).once("close", done).once("error", reject);
      function done(): void {
        out.off("drain", done).off("close", done).off("error", reject);
        resolve();
      }
    });
  }
}

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
await copy(sink);
const added = sink.listenerCount("drain");
sink.end();
assert.ok(added <= 1, `${added} listeners`);
