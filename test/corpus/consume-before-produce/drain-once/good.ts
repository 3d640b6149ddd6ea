// The lines are counted by a function that was called before the first write.
import { once } from "node:events";
import { PassThrough } from "node:stream";

const spool = new PassThrough();
const counting = countLines(spool);
for (let line = 0; line < 60_000; line += 1) {
  const more = spool.write(`${line}\n`);
  if (!more) await once(spool, "drain");
}
spool.end();

const newlines = await counting;
if (newlines !== 60_000) throw new Error(`${newlines}`);

async function countLines(chunks: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const chunk of chunks) count += String(chunk).split("\n").length - 1;
  return count;
}
