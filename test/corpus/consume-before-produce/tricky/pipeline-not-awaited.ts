// The pipeline's promise is kept while its tail is read.
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

const tail = new PassThrough();
const source = Readable.from([Buffer.alloc(1_000_000)]);
const done = pipeline(source, createGzip({ level: 0 }), tail);
let size = 0;
for await (const chunk of tail) size += (chunk as Buffer).length;
await done;
if (size < 1_000_000) throw new Error(`${size}`);
