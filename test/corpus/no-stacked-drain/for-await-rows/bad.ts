// The loop takes row after row from its source; a listener for "drain" does not make it wait.
// cf. TimonKK/clickhouse#113
// Ends: exit 1
// Fails: listeners
import assert from "node:assert";
import { Writable } from "node:stream";

process.on("warning", () => {});
async function* rows(): AsyncGenerator<string> {
  for (let row = 0; row < 50; row += 1) yield Promise.resolve("r".repeat(1024));
}

async function copy(out: Writable): Promise<void> {
  for await (const row of rows()) {
    const more = out.write(row);
    if (more) continue;
    out.once("drain", () => out.uncork()); // starves
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
assert.ok(added <= 1, `${added} listeners wait for one drain`);
