import pLimit from "p-limit";
import PQueue from "p-queue";
import { limit } from "tailrace";
import type { Bench } from "./harness/bench.ts";

const CONCURRENCY = 16;

/** Calls at once, of which most have to wait. */
const TOGETHER = 1_000;

const nothing = (i: number): Promise<number> => Promise.resolve(i);

export const bench: Bench = {
  job: `calls of an async function that does nothing, ${String(CONCURRENCY)} at a time, ${String(TOGETHER)} asked for together`,
  operation: "call",
  operations: 100_000,
  expected: (calls) => (calls * (calls - 1)) / 2,
  subjects: [
    {
      package: "tailrace",
      calls: "limit",
      async run(calls) {
        const limited = limit(CONCURRENCY);
        let sum = 0;
        for (let i = 0; i < calls; i += TOGETHER) {
          const some: Promise<number>[] = [];
          for (let j = i; j < i + TOGETHER; j++) some.push(limited(nothing, j));
          for (const result of await Promise.all(some)) sum += result;
        }
        return sum;
      },
    },
    {
      package: "p-limit",
      calls: "limit",
      async run(calls) {
        const limited = pLimit(CONCURRENCY);
        let sum = 0;
        for (let i = 0; i < calls; i += TOGETHER) {
          const some: Promise<number>[] = [];
          for (let j = i; j < i + TOGETHER; j++) some.push(limited(nothing, j));
          for (const result of await Promise.all(some)) sum += result;
        }
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "limit, one after the other",
      note: "nobody waits for a permit",
      async run(calls) {
        const limited = limit(CONCURRENCY);
        let sum = 0;
        for (let i = 0; i < calls; i++) sum += await limited(nothing, i);
        return sum;
      },
    },
    {
      package: "p-limit",
      calls: "limit, one after the other",
      note: "nobody waits for a permit",
      async run(calls) {
        const limited = pLimit(CONCURRENCY);
        let sum = 0;
        for (let i = 0; i < calls; i++) sum += await limited(nothing, i);
        return sum;
      },
    },
    {
      package: "p-queue",
      calls: "add",
      operations: 20_000,
      async run(calls) {
        const queue = new PQueue({ concurrency: CONCURRENCY });
        let sum = 0;
        for (let i = 0; i < calls; i += TOGETHER) {
          const some: Promise<number>[] = [];
          for (let j = i; j < i + TOGETHER; j++) some.push(queue.add(() => nothing(j)));
          for (const result of await Promise.all(some)) sum += result;
        }
        return sum;
      },
    },
  ],
};
