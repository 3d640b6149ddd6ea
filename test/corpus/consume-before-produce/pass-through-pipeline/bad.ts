// pipeline() waits until the PassThrough has taken everything; past its buffers that needs a reader.
// cf. nodejs/node#40685
// Ends: exit 13
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const pages = Readable.from(Array.from({ length: 64 }, (_, page) => Buffer.alloc(4096, page)));
const tee = new PassThrough();
await pipeline(pages, tee); // starves

let bytes = 0;
for await (const chunk of tee) bytes += (chunk as Buffer).length;
if (bytes !== 64 * 4096) throw new Error(`${bytes}`);
