// The copy is read while the checksum is made.
import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";

const source = Readable.from(Array.from({ length: 64 }, (_, page) => Buffer.alloc(16 * 1024, page)));
const hash = createHash("sha256");
const copy = new PassThrough();
source.pipe(hash);
source.pipe(copy);
const [body] = await Promise.all([buffer(copy), finished(hash, { readable: false })]);
const sum = createHash("sha256").update(body).digest("hex");
if (sum !== hash.read().toString("hex")) throw new Error("not the same");
