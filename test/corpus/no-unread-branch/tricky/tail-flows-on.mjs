// The other branch flows on into something that takes everything: nobody has to read it by hand.
import { once } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";

const source = Readable.from(Array.from({ length: 100 }, () => "Level 4.2\n".repeat(1000)));
const plain = new PassThrough();
const counted = new PassThrough();
let size = 0;
const sink = new Writable({
  write(chunk, _encoding, done) {
    size += chunk.length;
    done();
  },
});
source.pipe(plain);
source.pipe(counted).pipe(sink);
const finished = once(sink, "finish");
const body = await text(plain);
await finished;
if (body.length !== size) throw new Error(String(size));
