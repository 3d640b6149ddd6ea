// The lane carries the promise of its total, begun where the lane is made.
const lanes = ["a", "b"].map((name) => {
  const { readable, writable } = new TransformStream<number, number>();
  return { total: sum(name, readable), writer: writable.getWriter() };
});

const broadcast = async (value: number): Promise<void> => {
  await Promise.all(lanes.map(({ writer }) => writer.write(value)));
};

for (const value of [1, 2, 3]) await broadcast(value);
await Promise.all(lanes.map(({ writer }) => writer.close()));

const totals = await Promise.all(lanes.map(({ total }) => total));
if (totals.join() !== "a6,b6") throw new Error(totals.join());

async function sum(name: string, readable: ReadableStream<number>): Promise<string> {
  let total = 0;
  for await (const value of readable) total += value;
  return `${name}${total}`;
}
