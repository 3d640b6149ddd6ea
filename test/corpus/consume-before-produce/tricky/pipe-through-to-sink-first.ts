// The chain ends in a sink, so everything written at its head has a place to go.
import { Writable } from "node:stream";

let size = 0;
const sink = new Writable({
  write(chunk: Uint8Array, _encoding, done) {
    size += chunk.length;
    setImmediate(done);
  },
});
const head = new TextEncoderStream();
const stored = head.readable.pipeThrough(new CompressionStream("gzip")).pipeTo(Writable.toWeb(sink));

const writer = head.writable.getWriter();
for (let line = 0; line < 100; line += 1) {
  await writer.ready;
  await writer.write(`${line} ${Math.random()}\n`);
}
await writer.close();
await stored;
if (size < 500) throw new Error(`${size}`);
