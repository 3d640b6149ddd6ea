// What takes the chunks was piped to first: the callbacks come as it takes them.
import { PassThrough, Writable } from "node:stream";

let size = 0;
const store = new Writable({
  write(chunk: Buffer, _encoding, done) {
    size += chunk.length;
    setImmediate(done);
  },
});
const spool = new PassThrough({ highWaterMark: 16 });
spool.pipe(store);

for (let number = 0; number < 20; number += 1) {
  await new Promise<void>((resolve, reject) => {
    spool.write(Buffer.alloc(16), (error) => (error ? reject(error) : resolve()));
  });
}
const stored = new Promise((resolve) => store.once("finish", resolve));
spool.end();
await stored;
if (size !== 320) throw new Error(`${size}`);
