// `void` marks a call whose promise nobody awaits; the call itself has been made.
const seen: number[] = [];
const { promise: ended, resolve } = Promise.withResolvers<void>();

async function watch(values: ReadableStream<number>): Promise<void> {
  for await (const value of values) seen.push(value);
  resolve();
}

const gauge = new TransformStream<number, number>();
void watch(gauge.readable);
const writer = gauge.writable.getWriter();
for (const level of [3, 4, 5]) await writer.write(level);
await writer.close();
await ended;
if (seen.join() !== "3,4,5") throw new Error(seen.join());
