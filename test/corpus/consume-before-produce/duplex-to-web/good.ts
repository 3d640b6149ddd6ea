// Collecting starts before the loop and is awaited after it.
import { randomBytes } from "node:crypto";
import { Duplex } from "node:stream";
import { createBrotliCompress, constants } from "node:zlib";

const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const { readable, writable } = Duplex.toWeb(brotli);
const collected = Array.fromAsync(readable as AsyncIterable<Uint8Array>);
const writer = writable.getWriter();
let left = 40;
do {
  await writer.write(randomBytes(32 * 1024));
  left -= 1;
} while (left > 0);
await writer.close();

const size = (await collected).reduce((sum, part) => sum + part.length, 0);
if (size < 40 * 32 * 1024) throw new Error(`${size}`);
