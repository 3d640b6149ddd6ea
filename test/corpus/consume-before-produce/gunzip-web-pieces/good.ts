// The bytes are gathered while the pieces are written.
import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";

const hex = randomBytes(512 * 1024).toString("hex");
const packed = new Uint8Array(gzipSync(hex));
const inflate = new DecompressionStream("gzip");
const inflated = buffer(inflate.readable);
const sink = inflate.writable.getWriter();
for (let offset = 0; offset < packed.length; offset += 16_384) {
  await sink.write(packed.subarray(offset, offset + 16_384));
}
await sink.close();

const text = await inflated;
if (text.toString() !== hex) throw new Error(`${text.length}`);
