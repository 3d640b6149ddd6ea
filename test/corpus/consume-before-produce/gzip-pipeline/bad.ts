// The archive is built first and measured afterwards; a gzip stream holds about 32 KiB for a reader who is late.
// cf. nodejs/node#40685
// Ends: exit 13
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

const body = randomBytes(512 * 1024);
const gzip = createGzip({ level: 1 });
await pipeline(Readable.from([body]), gzip); // starves

const restored = await buffer(gzip.pipe(createGunzip()));
if (!restored.equals(body)) throw new Error("damaged");
