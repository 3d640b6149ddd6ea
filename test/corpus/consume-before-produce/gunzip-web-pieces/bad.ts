// Decompressed text is larger than what came in: the writes wait as soon as nobody takes what the pieces became.
// cf. oven-sh/bun#31728
// Ends: exit 13
import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";

const hex = randomBytes(512 * 1024).toString("hex");
const packed = new Uint8Array(gzipSync(hex));
const inflate = new DecompressionStream("gzip");
const sink = inflate.writable.getWriter();
for (let offset = 0; offset < packed.length; offset += 16_384) {
  await sink.write(packed.subarray(offset, offset + 16_384)); // starves
}
await sink.close();

const text = await buffer(inflate.readable);
if (text.toString() !== hex) throw new Error(`${text.length}`);
