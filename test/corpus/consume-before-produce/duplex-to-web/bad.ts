// The same zlib stream behind the Web face: `readable` is used only after the writer has closed.
// Ends: exit 13
import { randomBytes } from "node:crypto";
import { Duplex } from "node:stream";
import { createBrotliCompress, constants } from "node:zlib";

const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const { readable, writable } = Duplex.toWeb(brotli);
const writer = writable.getWriter();
let left = 40;
do {
  await writer.write(randomBytes(32 * 1024)); // starves
  left -= 1;
} while (left > 0);
await writer.close();

const size = (await Array.fromAsync(readable as AsyncIterable<Uint8Array>)).reduce((sum, part) => sum + part.length, 0);
if (size < 40 * 32 * 1024) throw new Error(`${size}`);
