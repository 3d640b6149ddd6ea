// A cipher is a Duplex stream too: `pipeline` ends in it, and what it yields is read after the wait.
// Ends: exit 13
import { createCipheriv, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const plain = Array.from({ length: 16 }, () => randomBytes(16 * 1024));
const cipher = createCipheriv("aes-256-ctr", randomBytes(32), randomBytes(16));
await pipeline(Readable.from(plain), cipher); // starves

let length = 0;
for await (const block of cipher) length += (block as Buffer).length;
if (length !== 256 * 1024) throw new Error(`${length}`);
