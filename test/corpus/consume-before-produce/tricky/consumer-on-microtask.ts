// queueMicrotask() runs the reader as soon as the first write waits.
const pipe = new TransformStream<number, number>();
let total = 0;
queueMicrotask(async () => {
  for await (const value of pipe.readable) total += value;
});

const writer = pipe.writable.getWriter();
for (const value of [4, 5, 6]) await writer.write(value);
await writer.close();
await new Promise(setImmediate);
if (total !== 15) throw new Error(`${total}`);
