// The checksum waits for all of the source, which stops because the copy beside it is full and nobody reads that yet.
// Ends: exit 13
import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";

const source = Readable.from(Array.from({ length: 64 }, (_, page) => Buffer.alloc(16 * 1024, page)));
const hash = createHash("sha256");
const copy = new PassThrough();
source.pipe(hash);
source.pipe(copy);
await finished(hash, { readable: false }); // starves
const body = await buffer(copy);
if (createHash("sha256").update(body).digest("hex") !== hash.digest("hex")) throw new Error("not the same");
