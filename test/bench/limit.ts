import pLimit from "p-limit";
import PQueue from "p-queue";
import { limit } from "tailrace";
import type { Bench } from "./harness/bench.ts";
import { addTogether, callInTurn, callTogether, TOGETHER } from "./programs/calls.ts";
import { sumBelow } from "./programs/numbers.ts";

const CONCURRENCY = 16;

export const bench: Bench = {
  job: `calls of an async function that does nothing, ${String(CONCURRENCY)} at a time, ${String(TOGETHER)} asked for together`,
  operation: "call",
  operations: 100_000,
  expected: sumBelow,
  subjects: [
    {
      package: "tailrace",
      calls: "limit",
      run: (calls) => callTogether(limit(CONCURRENCY), 0, calls),
    },
    {
      package: "p-limit",
      calls: "limit",
      run: (calls) => callTogether(pLimit(CONCURRENCY), 0, calls),
    },
    {
      package: "tailrace",
      calls: "limit, one after the other",
      note: "nobody waits for a permit",
      run: (calls) => callInTurn(limit(CONCURRENCY), calls),
    },
    {
      package: "p-limit",
      calls: "limit, one after the other",
      note: "nobody waits for a permit",
      run: (calls) => callInTurn(pLimit(CONCURRENCY), calls),
    },
    {
      package: "p-queue",
      calls: "add",
      operations: 20_000,
      run: (calls) => addTogether(new PQueue({ concurrency: CONCURRENCY }), 0, calls),
    },
  ],
};
