// The listener only writes; a monitor pauses the source when the sink is full.
import assert from "node:assert";
import { once } from "node:events";
import { Readable, Writable } from "node:stream";

const source = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(8 * 1024)));
const sink = new Writable({
  highWaterMark: 16 * 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
const check = (): void => {
  if (sink.writableLength < 16 * 1024) return;
  source.pause();
  sink.once("drain", () => source.resume());
};
source.on("data", (chunk: Buffer) => {
  sink.write(chunk);
  check();
});
await once(source, "end");
assert.ok(sink.writableLength <= 32 * 1024);
