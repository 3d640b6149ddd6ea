// pMap() started two of four readers; the other two would start when the first two ended, after the closing below.
// Ends: exit 13
import pMap from "p-map";

const names = ["n", "e", "s", "w"];
const streams = names.map(() => new TransformStream<number, number>());
const totals = pMap(
  streams,
  async ({ readable }) => {
    let total = 0;
    for await (const value of readable) total += value;
    return total;
  },
  { concurrency: 2 },
);

const writers = streams.map(({ writable }) => writable.getWriter());
await Promise.all(writers.map((writer, index) => writer.write(index))); // starves
await Promise.all(writers.map((writer) => writer.close()));

const sum = (await totals).reduce((left, right) => left + right);
if (sum !== 6) throw new Error(`${sum}`);
