// Reading begins with the un-awaited buffer(); the pipeline then has somewhere to go.
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

const body = randomBytes(512 * 1024);
const gzip = createGzip({ level: 1 });
const restored = buffer(gzip.pipe(createGunzip()));
await pipeline(Readable.from([body]), gzip);

if (!(await restored).equals(body)) throw new Error("damaged");
