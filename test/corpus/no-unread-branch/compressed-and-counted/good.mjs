// Nobody needs the compressed branch: it is not made.
import { PassThrough, Readable } from "node:stream";
import { randomBytes } from "node:crypto";

const source = Readable.from(Array.from({ length: 60 }, () => randomBytes(32 * 1024)));
const counter = new PassThrough();
let size = 0;
counter.on("data", (chunk) => (size += chunk.length));
source.pipe(counter);
await new Promise((resolve, reject) => counter.once("end", resolve).once("error", reject));
if (size !== 60 * 32 * 1024) throw new Error(String(size));
