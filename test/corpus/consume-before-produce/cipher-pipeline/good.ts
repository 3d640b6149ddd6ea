// pipe() starts the flow and returns at once.
import { createCipheriv, randomBytes } from "node:crypto";
import { Readable } from "node:stream";

const plain = Array.from({ length: 16 }, () => randomBytes(16 * 1024));
const cipher = createCipheriv("aes-256-ctr", randomBytes(32), randomBytes(16));
Readable.from(plain).pipe(cipher);

let length = 0;
for await (const block of cipher) length += (block as Buffer).length;
if (length !== 256 * 1024) throw new Error(`${length}`);
