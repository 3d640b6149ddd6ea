// pipe() sets the pass-through flowing before the first drain is awaited.
import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";

let size = 0;
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    size += chunk.length;
    setImmediate(done);
  },
});
const relay = new PassThrough();
relay.pipe(sink);
for (let block = 0; block < 20; block += 1) {
  if (!relay.write(Buffer.alloc(16_384))) await once(relay, "drain");
}
relay.end();
await once(sink, "finish");
if (size !== 20 * 16_384) throw new Error(`${size}`);
