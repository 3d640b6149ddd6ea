// The source is paused before the listener is added, so that no chunk comes meanwhile.
import assert from "node:assert";
import { once } from "node:events";
import { Readable, Writable } from "node:stream";

const source = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1024)));
const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let most = 0;
source.on("data", (chunk: Buffer) => {
  const more = sink.write(chunk);
  if (!more) {
    source.pause();
    sink.once("drain", () => source.resume());
  }
  most = Math.max(most, sink.listenerCount("drain"));
});
await once(source, "end");
assert.ok(most <= 1, `${most} listeners`);
