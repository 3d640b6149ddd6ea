// The reader is an async function expression that is called where it is written; only its result comes later.
const { readable, writable } = new TransformStream<number, number>();
const sum = (async () => {
  let total = 0;
  for await (const value of readable) total += value;
  return total;
})();

const writer = writable.getWriter();
for (const value of [1, 2, 3]) await writer.write(value);
await writer.close();
if ((await sum) !== 6) throw new Error("wrong sum");
