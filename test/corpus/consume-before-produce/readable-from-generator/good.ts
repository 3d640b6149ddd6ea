// reduce() reads from the moment it is called.
import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";

async function* lengths(chunks: AsyncIterable<Buffer>): AsyncGenerator<number> {
  for await (const chunk of chunks) yield chunk.length;
}

const input = new PassThrough();
const output = Readable.from(lengths(input));
const summing = output.reduce((sum: number, length: number) => sum + length, 0);

for (let part = 0; part < 8; part += 1) {
  if (input.write(Buffer.alloc(32 * 1024))) continue;
  await once(input, "drain");
}
input.end();

const total = await summing;
if (total !== 8 * 32 * 1024) throw new Error(`${total}`);
