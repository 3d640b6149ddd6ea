// The listener does not read; it keeps the entry and next(), and whoever takes them from there reads.
import { finished } from "node:stream/promises";
import { extract, pack } from "tar-stream";

const packing = pack();
for (const name of ["a", "b"]) packing.entry({ name }, name.repeat(100_000));
packing.finalize();

const waiting: { stream: AsyncIterable<unknown>; next: () => void }[] = [];
let size = 0;
const unpacking = extract();
unpacking.on("entry", (_header, stream, next) => {
  waiting.push({ stream, next });
  void takeOne();
});
async function takeOne(): Promise<void> {
  const entry = waiting.shift();
  if (!entry) return;
  for await (const chunk of entry.stream) size += (chunk as Buffer).length;
  entry.next();
}
packing.pipe(unpacking);
await finished(unpacking);
if (size !== 200_000) throw new Error(String(size));
