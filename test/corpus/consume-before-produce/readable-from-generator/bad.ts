// Readable.from() pulls its generator when it is read itself, so wrapping the consumer does not start it.
// Ends: exit 13
import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";

async function* lengths(chunks: AsyncIterable<Buffer>): AsyncGenerator<number> {
  for await (const chunk of chunks) yield chunk.length;
}

const input = new PassThrough();
const output = Readable.from(lengths(input));

for (let part = 0; part < 8; part += 1) {
  if (input.write(Buffer.alloc(32 * 1024))) continue;
  await once(input, "drain"); // starves
}
input.end();

const total = await output.reduce((sum: number, length: number) => sum + length, 0);
if (total !== 8 * 32 * 1024) throw new Error(`${total}`);
