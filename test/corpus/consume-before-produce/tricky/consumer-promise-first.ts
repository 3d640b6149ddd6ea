// text() from node:stream/consumers is called above the writes and awaited below them.
import { PassThrough } from "node:stream";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const spool = new PassThrough();
const content = text(spool);
for (let line = 0; line < 20_000; line += 1) {
  if (!spool.write(`line ${line}\n`)) await once(spool, "drain");
}
spool.end();

const { length } = await content;
if (length !== 208_890) throw new Error(`${length}`);
