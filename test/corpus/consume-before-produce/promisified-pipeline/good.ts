// The pass-through is read while the pipeline runs.
import stream, { PassThrough, Readable } from "node:stream";
import { promisify } from "node:util";

const pump = promisify(stream.pipeline);
const spool = new PassThrough();
const pages = Array.from({ length: 40 }, () => Buffer.alloc(8192, "p"));
const pumping = pump(Readable.from(pages), spool);

let size = 0;
for await (const page of spool) size += (page as Buffer).length;
await pumping;
if (size !== 40 * 8192) throw new Error(`${size}`);
