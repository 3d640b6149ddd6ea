// Right use of write() and "drain", in the wrong place: the pass-through drains only into a reader.
// Ends: exit 13
import { once } from "node:events";
import { PassThrough } from "node:stream";

const spool = new PassThrough();
for (let line = 0; line < 60_000; line += 1) {
  const more = spool.write(`${line}\n`);
  if (!more) await once(spool, "drain"); // starves
}
spool.end();

let newlines = 0;
for await (const chunk of spool) newlines += String(chunk).split("\n").length - 1;
if (newlines !== 60_000) throw new Error(`${newlines}`);
