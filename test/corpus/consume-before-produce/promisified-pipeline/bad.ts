// pipeline() made a promise by promisify(), imported as a default: it ends in a pass-through that is read below.
// cf. nodejs/node#40685
// Ends: exit 13
import stream, { PassThrough, Readable } from "node:stream";
import { promisify } from "node:util";

const pump = promisify(stream.pipeline);
const spool = new PassThrough();
const pages = Array.from({ length: 40 }, () => Buffer.alloc(8192, "p"));
await pump(Readable.from(pages), spool); // starves

let size = 0;
for await (const page of spool) size += (page as Buffer).length;
if (size !== 40 * 8192) throw new Error(`${size}`);
