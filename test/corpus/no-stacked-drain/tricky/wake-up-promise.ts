// The listener resolves the promise that the next turn awaits before it writes.
import assert from "node:assert";
import { Writable } from "node:stream";

const sink = new Writable({
  highWaterMark: 1024,
  write(_chunk, _encoding, done) {
    setTimeout(done, 1);
  },
});
let ready: Promise<void> = Promise.resolve();
let most = 0;
for (let row = 0; row < 20; row += 1) {
  await ready;
  if (sink.write("r".repeat(600))) continue;
  const { promise, resolve } = Promise.withResolvers<void>();
  sink.once("drain", resolve);
  most = Math.max(most, sink.listeners("drain").length);
  ready = promise;
}
assert.equal(most, 1);
