// The listener waits for "drain" by another listener, but its source goes on: one more for every chunk.
// cf. vercel/next.js#29885, lightdash/lightdash#15284
// Ends: exit 1
// Fails: listeners
import assert from "node:assert";
import { once } from "node:events";
import { Readable, Writable } from "node:stream";

process.on("warning", () => {});
const source = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1024)));
const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
source.on("data", (chunk: Buffer) => {
  const more = sink.write(chunk);
  if (!more) {
    sink.once("drain", () => source.resume()); // starves
  }
});
let most = 0;
source.on("data", () => (most = Math.max(most, sink.listenerCount("drain"))));
await once(source, "end");
assert.ok(most <= 1, `${most} listeners wait for one drain`);
