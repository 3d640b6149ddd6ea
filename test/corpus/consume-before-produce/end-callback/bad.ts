// The callback of end() comes when everything has gone through, and that needs a reader.
// Ends: exit 13
import { randomBytes } from "node:crypto";
import { createGzip } from "node:zlib";

async function pack(pages: Uint8Array): Promise<Buffer> {
  const gzip = createGzip();
  await new Promise<void>((resolve) => gzip.end(pages, resolve)); // starves
  const packed: Buffer[] = [];
  for await (const chunk of gzip) packed.push(chunk as Buffer);
  return Buffer.concat(packed);
}

const packed = await pack(randomBytes(800_000));
if (packed.length < 800_000) throw new Error(`${packed.length}`);
