// The consumer is the last stage of the pipeline.
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const pages = Readable.from(Array.from({ length: 64 }, (_, page) => Buffer.alloc(4096, page)));
const tee = new PassThrough();

let bytes = 0;
await pipeline(pages, tee, async (chunks: AsyncIterable<Buffer>) => {
  for await (const chunk of chunks) bytes += chunk.length;
});
if (bytes !== 64 * 4096) throw new Error(`${bytes}`);
