import { Effect } from "effect";
import pLimit from "p-limit";
import pMap, { pMapIterable } from "p-map";
import { mapConcurrent } from "tailrace";
import type { Bench } from "./harness/bench.ts";
import { nothing } from "./programs/calls.ts";
import { addUp, count, sumBelow } from "./programs/numbers.ts";

const CONCURRENCY = 16;

export const bench: Bench = {
  job: `an async function that does nothing, for each of many items, ${String(CONCURRENCY)} at a time`,
  operation: "item",
  operations: 100_000,
  expected: sumBelow,
  subjects: [
    {
      package: "tailrace",
      calls: "mapConcurrent, awaited",
      async run(items) {
        const all = await mapConcurrent(count(0, items), nothing, { concurrency: CONCURRENCY });
        return all.reduce((sum, i) => sum + i, 0);
      },
    },
    {
      package: "tailrace",
      calls: "mapConcurrent, for await",
      run: (items) => addUp(mapConcurrent(count(0, items), nothing, { concurrency: CONCURRENCY })),
    },
    {
      package: "tailrace",
      calls: "mapConcurrent, unordered, for await",
      run: (items) => addUp(mapConcurrent(count(0, items), nothing, { concurrency: CONCURRENCY, ordered: false })),
    },
    {
      package: "p-map",
      calls: "pMap",
      async run(items) {
        const all = await pMap(count(0, items), nothing, { concurrency: CONCURRENCY });
        return all.reduce((sum, i) => sum + i, 0);
      },
    },
    {
      package: "p-map",
      calls: "pMapIterable",
      run: (items) => addUp(pMapIterable(count(0, items), nothing, { concurrency: CONCURRENCY })),
    },
    {
      package: "p-limit",
      calls: "limit.map",
      async run(items) {
        const all = await pLimit(CONCURRENCY).map(count(0, items), nothing);
        return all.reduce((sum, i) => sum + i, 0);
      },
    },
    {
      package: "effect",
      calls: "forEach of promises",
      async run(items) {
        const all = await Effect.runPromise(
          Effect.forEach(count(0, items), (i) => Effect.promise(() => Promise.resolve(i)), {
            concurrency: CONCURRENCY,
          }),
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
        const source = count(0, items);
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
