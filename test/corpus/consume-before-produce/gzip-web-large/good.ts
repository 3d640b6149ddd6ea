// arrayBuffer() is called first and awaited last.
import { randomBytes } from "node:crypto";

async function gzip(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
  const compressor = new CompressionStream("gzip");
  const packed = new Response(compressor.readable).arrayBuffer();
  const writer = compressor.writable.getWriter();
  for (const part of parts) {
    await writer.write(part);
  }
  await writer.close();
  return new Uint8Array(await packed);
}

const parts = Array.from({ length: 48 }, () => new Uint8Array(randomBytes(64 * 1024)));
const packed = await gzip(parts);
if (packed[0] !== 0x1f || packed[1] !== 0x8b) throw new Error("not gzip");
