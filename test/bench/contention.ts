import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";
import { RESOURCES } from "./programs/leases.ts";
import { byAsyncSema, byGenericPool, byLightning, byTailrace, byTarn } from "./programs/pools.ts";
import type { Shared } from "./programs/pools.ts";

/** How many share the resources, in the manner of HikariCP's benchmarks: from none that waits to very many. */
const WORKERS = [RESOURCES, 16, 64, 256, 1024];

const contended = measuredBy<Shared>(async (shared, operations) => {
  const figures: number[] = [];
  let sum = 0;
  for (const workers of WORKERS) {
    const { result, figure } = await shared(operations, workers);
    sum += result;
    figures.push(figure);
  }
  return {
    result: sum / WORKERS.length,
    figure: figures.at(-1) ?? NaN,
    remark: `${figures.map(Math.round).join(", ")} ns`,
  };
});

const FEWER = { operations: 20_000 };

export const bench: Bench = {
  job: `leases of ${String(RESOURCES)} resources, of which ${String(WORKERS.at(-1))} workers want one; beside that among ${WORKERS.map(String).join(", ")}`,
  operation: "lease",
  operations: 50_000,
  expected: (leases) => leases,
  subjects: [
    contended("tailrace", "pool, acquire, release", byTailrace()),
    contended("async-sema", "Sema", byAsyncSema, { note: "tokens only" }),
    contended("generic-pool", "acquire, release", byGenericPool, FEWER),
    contended("tarn", "acquire, release", byTarn, FEWER),
    contended("lightning-pool", "acquire, release", byLightning, FEWER),
  ],
};
