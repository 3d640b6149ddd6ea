// Nobody waits for the end of the writes: the loop ends with the stream.
import { randomBytes } from "node:crypto";
import { createGzip } from "node:zlib";

async function pack(pages: Uint8Array): Promise<Buffer> {
  const gzip = createGzip();
  gzip.end(pages);
  const packed: Buffer[] = [];
  for await (const chunk of gzip) packed.push(chunk as Buffer);
  return Buffer.concat(packed);
}

const packed = await pack(randomBytes(800_000));
if (packed.length < 800_000) throw new Error(`${packed.length}`);
