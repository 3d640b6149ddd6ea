// A columnar writer: one compressor a column, all fed row group by row group, all read when the file is laid out.
// Ends: exit 13
import { randomBytes } from "node:crypto";

const compressors = ["id", "price", "note"].map(() => new CompressionStream("deflate-raw"));
const writers = compressors.map((compressor) => compressor.writable.getWriter());

for (let group = 0; group < 16; group += 1) {
  const rowGroup = writers.map(() => randomBytes(64 * 1024));
  await Promise.all(writers.map((writer, column) => writer.write(rowGroup[column]!))); // starves
}
await Promise.all(writers.map((writer) => writer.close()));

const columns = await Promise.all(compressors.map((compressor) => new Response(compressor.readable).bytes()));
if (columns.some((column) => column.length < 1_000_000)) throw new Error("short column");
