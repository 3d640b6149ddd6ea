// The function was given a stream that it does not know; an error of it rejects the promise.
import assert from "node:assert";
import { Writable } from "node:stream";

async function put(out: Writable, text: string): Promise<void> {
  if (out.write(text)) return;
  await new Promise<void>((resolve, reject) => {
    out.once("drain", resolve);
    out.once("error", reject);
  });
}

const broken = new Writable({
  highWaterMark: 1,
  write(_chunk, _encoding, done) {
    setTimeout(() => done(new Error("disk full")), 1);
  },
});
await assert.rejects(put(broken, "text"), /disk full/);
