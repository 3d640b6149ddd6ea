// The end of the counting is awaited by hand, and the compressed branch of the same source is never read.
// Ends: exit 13
import { PassThrough, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { randomBytes } from "node:crypto";

const source = Readable.from(Array.from({ length: 60 }, () => randomBytes(32 * 1024)));
const gzip = createGzip();
const counter = new PassThrough();
let size = 0;
counter.on("data", (chunk) => (size += chunk.length));
source.pipe(gzip);
source.pipe(counter);
await new Promise((resolve, reject) => counter.once("end", resolve).once("error", reject)); // starves
if (size !== 60 * 32 * 1024) throw new Error(String(size));
