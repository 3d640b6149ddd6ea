import { Effect } from "effect";
import pLimit from "p-limit";
import pMap, { pMapIterable } from "p-map";
import { mapConcurrent } from "tailrace";
import type { Bench } from "./harness/bench.ts";

const CONCURRENCY = 16;

function* count(items: number): Generator<number, void> {
  for (let i = 0; i < items; i++) yield i;
}

export const bench: Bench = {
  job: `an async function that does nothing, for each of many items, ${String(CONCURRENCY)} at a time`,
  operation: "item",
  operations: 100_000,
  expected: (items) => (items * (items - 1)) / 2,
  subjects: [
    {
      package: "tailrace",
      calls: "mapConcurrent, awaited",
      async run(items) {
        const all = await mapConcurrent(count(items), (i) => Promise.resolve(i), { concurrency: CONCURRENCY });
        return all.reduce((sum, i) => sum + i, 0);
      },
    },
    {
      package: "tailrace",
      calls: "mapConcurrent, for await",
      async run(items) {
        let sum = 0;
        const results = mapConcurrent(count(items), (i) => Promise.resolve(i), { concurrency: CONCURRENCY });
        for await (const i of results) sum += i;
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "mapConcurrent, unordered, for await",
      async run(items) {
        let sum = 0;
        const options = { concurrency: CONCURRENCY, ordered: false };
        for await (const i of mapConcurrent(count(items), (item) => Promise.resolve(item), options)) sum += i;
        return sum;
      },
    },
    {
      package: "p-map",
      calls: "pMap",
      async run(items) {
        const all = await pMap(count(items), (i) => Promise.resolve(i), { concurrency: CONCURRENCY });
        return all.reduce((sum, i) => sum + i, 0);
      },
    },
    {
      package: "p-map",
      calls: "pMapIterable",
      async run(items) {
        let sum = 0;
        for await (const i of pMapIterable(count(items), (item) => Promise.resolve(item), {
          concurrency: CONCURRENCY,
        })) {
          sum += i;
        }
        return sum;
      },
    },
    {
      package: "p-limit",
      calls: "limit.map",
      async run(items) {
        const all = await pLimit(CONCURRENCY).map(count(items), (i) => Promise.resolve(i));
        return all.reduce((sum, i) => sum + i, 0);
      },
    },
    {
      package: "effect",
      calls: "forEach of promises",
      async run(items) {
        const all = await Effect.runPromise(
          Effect.forEach(count(items), (i) => Effect.promise(() => Promise.resolve(i)), { concurrency: CONCURRENCY }),
        );
        return all.reduce((sum, i) => sum + i, 0);
      },
    },
    {
      package: "node",
      calls: "16 worker loops",
      note: "floor: no order, no failures, no signal",
      async run(items) {
        let sum = 0;
        const source = count(items);
        const work = async (): Promise<void> => {
          for (const item of source) {
            const i = await Promise.resolve(item);
            sum += i;
          }
        };
        await Promise.all(Array.from({ length: CONCURRENCY }, work));
        return sum;
      },
    },
  ],
};
