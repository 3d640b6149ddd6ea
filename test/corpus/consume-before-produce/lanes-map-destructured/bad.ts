// One object a lane, made by map(); a broadcast over all lanes waits for readers that the last line creates.
// Ends: exit 13
const lanes = ["a", "b"].map((name) => {
  const { readable, writable } = new TransformStream<number, number>();
  return { name, readable, writer: writable.getWriter() };
});

const broadcast = async (value: number): Promise<void> => {
  await Promise.all(lanes.map(({ writer }) => writer.write(value)));
};

for (const value of [1, 2, 3]) await broadcast(value); // starves
await Promise.all(lanes.map(({ writer }) => writer.close()));

const totals = await Promise.all(
  lanes.map(async ({ name, readable }) => {
    let total = 0;
    for await (const value of readable) total += value;
    return `${name}${total}`;
  }),
);
if (totals.join() !== "a6,b6") throw new Error(totals.join());
