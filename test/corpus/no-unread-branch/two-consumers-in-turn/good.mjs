// Both are read at once.
import { PassThrough, Readable, Transform } from "node:stream";
import { text } from "node:stream/consumers";

const source = Readable.from(Array.from({ length: 100 }, () => "Level 4.2\n".repeat(1000)));
const plain = new PassThrough();
const upper = new Transform({ transform: (chunk, _encoding, done) => done(null, String(chunk).toUpperCase()) });
source.pipe(plain);
source.pipe(upper);
const [first, second] = await Promise.all([text(plain), text(upper)]);
if (first.toUpperCase() !== second) throw new Error("not the same");
