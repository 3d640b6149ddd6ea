// The listener does not read; it keeps the entry and next(), and whoever takes them from there reads.
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { extract, pack } from "tar-stream";

const packing = pack();
for (const name of ["a", "b"]) packing.entry({ name }, name.repeat(100_000));
packing.finalize();

const waiting: { stream: Readable; next: () => void }[] = [];
const bodies: string[] = [];
const unpacking = extract();
unpacking.on("entry", (_header, stream, next) => {
  waiting.push({ stream, next });
  void takeOne();
});
async function takeOne(): Promise<void> {
  const entry = waiting.shift();
  if (!entry) return;
  bodies.push(await text(entry.stream));
  entry.next();
}
packing.pipe(unpacking);
await finished(unpacking);
if (bodies.length !== 2) throw new Error(String(bodies.length));
