// A hash is a transform stream whose whole output is 32 bytes: the pipeline into it ends, and the digest is read after.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const hash = createHash("sha256");
await pipeline(Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(16_384))), hash);
const digest = hash.read() as Buffer;

const expected = createHash("sha256").update(Buffer.alloc(64 * 16_384)).digest();
if (!digest.equals(expected)) throw new Error(digest.toString("hex"));
