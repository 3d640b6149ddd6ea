import { once } from "node:events";
import type { Writable } from "node:stream";

/** Writes the numbers below `items` and waits only where there is no room. */
export async function writeAndEnd(stream: Writable, items: number): Promise<void> {
  for (let i = 0; i < items; i++) if (!stream.write(i)) await once(stream, "drain");
  stream.end();
}

/** The same to a stream of the web. */
export async function writeAndClose(stream: WritableStream<number>, items: number): Promise<void> {
  const writer = stream.getWriter();
  for (let i = 0; i < items; i++) {
    await writer.ready;
    void writer.write(i);
  }
  await writer.close();
}

export async function read(stream: ReadableStream<number>): Promise<number> {
  const reader = stream.getReader();
  let sum = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) sum += step.value;
  return sum;
}
