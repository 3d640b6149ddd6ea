// The helper is right in itself; its caller waits for it before anything reads the other side.
// Ends: exit 13
import { json } from "node:stream/consumers";

async function writeAll<T>(writable: WritableStream<T>, items: Iterable<T>): Promise<void> {
  const writer = writable.getWriter();
  for (const item of items) await writer.write(item);
  await writer.close();
}

const { readable, writable } = new TransformStream<string, string>();
await writeAll(writable, ["[1,", "2,", "3]"]); // starves

const numbers = (await json(readable)) as number[];
if (numbers.length !== 3) throw new Error(JSON.stringify(numbers));
