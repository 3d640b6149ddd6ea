// Two sources with the same name in two turns of a loop: each has one destination.
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";

const texts: string[] = [];
for (const name of ["upper", "lower"]) {
  const source = Readable.from([name.repeat(10_000)]);
  const tail = new PassThrough();
  source.pipe(tail);
  texts.push(await text(tail));
}
if (texts.map(({ length }) => length).join() !== "50000,50000") throw new Error("incomplete");
