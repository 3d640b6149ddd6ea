// The columns are promises of bytes; the rows come afterwards.
import { randomBytes } from "node:crypto";

const compressors = ["id", "price", "note"].map(() => new CompressionStream("deflate-raw"));
const packed = compressors.map((compressor) => new Response(compressor.readable).bytes());
const writers = compressors.map((compressor) => compressor.writable.getWriter());

for (let group = 0; group < 16; group += 1) {
  const rowGroup = writers.map(() => randomBytes(64 * 1024));
  await Promise.all(writers.map((writer, column) => writer.write(rowGroup[column]!)));
}
await Promise.all(writers.map((writer) => writer.close()));

const columns = await Promise.all(packed);
if (columns.some((column) => column.length < 1_000_000)) throw new Error("short column");
