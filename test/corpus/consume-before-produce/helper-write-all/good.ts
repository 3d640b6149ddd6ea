// Writing and parsing are two halves of one Promise.all.
import { json } from "node:stream/consumers";

async function writeAll<T>(writable: WritableStream<T>, items: Iterable<T>): Promise<void> {
  const writer = writable.getWriter();
  for (const item of items) await writer.write(item);
  await writer.close();
}

const { readable, writable } = new TransformStream<string, string>();
const [, numbers] = await Promise.all([writeAll(writable, ["[1,", "2,", "3]"]), json(readable) as Promise<number[]>]);
if (numbers.length !== 3) throw new Error(JSON.stringify(numbers));
