// The file is awaited first; the preview, which gets all of it as well, has no reader until then.
// Ends: exit 13
import { PassThrough, Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

class Store {
  size = 0;

  async save(upload: Readable, preview: (stream: Readable) => Promise<number>): Promise<number> {
    const copy = new PassThrough();
    const file = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.size += chunk.length;
        done();
      },
    });
    upload.pipe(copy);
    await pipeline(upload, file); // starves
    return preview(copy);
  }
}

async function lines(stream: Readable): Promise<number> {
  let count = 0;
  for await (const chunk of stream) count += (chunk as Buffer).filter((byte) => byte === 10).length;
  return count;
}

const rows = Array.from({ length: 200 }, () => Buffer.from("2026-11-21;4.2\n".repeat(100)));
const count = await new Store().save(Readable.from(rows), lines);
if (count !== 20_000) throw new Error(String(count));
