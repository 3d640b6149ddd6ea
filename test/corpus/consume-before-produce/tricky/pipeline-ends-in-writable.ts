// The gzip stream is a stage, not the end: the pipeline itself moves its output on.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

const folder = await mkdtemp(join(tmpdir(), "tailrace-"));
const packed = join(folder, "node.gz");
const gzip = createGzip({ level: 1 });
await pipeline(createReadStream(process.execPath, { end: 3_999_999 }), gzip, createWriteStream(packed));

const { size } = await stat(packed);
let restored = 0;
for await (const chunk of createReadStream(packed).pipe(createGunzip())) restored += (chunk as Buffer).length;
await rm(folder, { recursive: true });
if (gzip.bytesWritten !== restored || restored !== 4_000_000) throw new Error(`${size} ${restored}`);
