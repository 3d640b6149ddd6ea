// `finished` rejects when the stream is destroyed, and is raced with "drain".
import assert from "node:assert";
import { Writable } from "node:stream";
import { finished } from "node:stream/promises";

async function fill(out: Writable): Promise<void> {
  const ended = finished(out);
  for (let block = 0; block < 10; block += 1) {
    if (out.write("b".repeat(1024))) continue;
    await Promise.race([new Promise<void>((resolve) => void out.once("drain", resolve)), ended]);
  }
}

const sink = new Writable({
  highWaterMark: 1024,
  write() {
    setTimeout(() => sink.destroy(), 10);
  },
});
await assert.rejects(fill(sink), /Premature close/);
