import { setImmediate as macrotask, setTimeout as sleep } from "node:timers/promises";
import { watchLoop } from "tailrace/watch";
import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";
import { sumBelow } from "./programs/numbers.ts";

/** Starts what is measured, and returns what stops it. */
type Start = () => Disposable;

const nothing: Start = () => ({ [Symbol.dispose]: () => undefined });

/** Milliseconds in which a thread has started, and has come to rest. */
const SETTLED = 100;

const PAIRS = 6;
const SLICES = 3;

/** What the watched thread uses more for the same work. The machine changes: with and without are done in turn. */
const slows = measuredBy<Start>(async (start, items) => {
  const ratios: number[] = [];
  for (let i = 0; i < PAIRS; i++) {
    await sleep(SETTLED);
    const without = await used(items);
    const watch = start();
    await sleep(SETTLED);
    ratios.push((await used(items)) / without);
    watch[Symbol.dispose]();
  }
  ratios.sort((a, b) => a - b);
  const median = ((ratios[PAIRS / 2 - 1] ?? NaN) + (ratios[PAIRS / 2] ?? NaN)) / 2;
  return { result: await work(items), figure: (median - 1) * 100 };
});

/** What all threads together use while there is nothing to do. */
const idles = measuredBy<Start>(async (start, items) => {
  const watch = start();
  await sleep(SETTLED);
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()];
  const began = performance.now();
  await sleep(items / 1000);
  const percent = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / (performance.now() - began) / 10;
  const [figure, watched] = [percent(process.cpuUsage(all)), percent(process.threadCpuUsage(own))];
  watch[Symbol.dispose]();
  return { result: sumBelow(items), figure, remark: `${watched.toFixed(2)} of it the watched thread` };
});

export const bench: Bench = {
  job: "what a watchdog costs: what busy work takes more of its own thread, and what an idle process uses in all of them",
  operation: "item",
  operations: 2_000_000,
  unit: "% of a processor",
  expected: sumBelow,
  subjects: [
    slows("tailrace", "watchLoop, busy", () => watchLoop()),
    slows("tailrace", "watchLoop of 10 ms, busy", () => watchLoop({ blockedAfter: 10 })),
    slows("node", "no watchdog, busy", nothing, { note: "what is measured where there is nothing" }),
    idles("tailrace", "watchLoop, idle", () => watchLoop()),
    idles("tailrace", "watchLoop of 10 ms, idle", () => watchLoop({ blockedAfter: 10 })),
    idles("node", "no watchdog, idle", nothing),
  ],
};

/** Microseconds of this thread that the work takes, at best: what else runs on the machine only makes it more. */
async function used(items: number): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < SLICES; i++) {
    const before = process.threadCpuUsage();
    await work(items);
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, Math.max(1, user + system)); // not 0, however short the work is
  }
  return best;
}

async function work(items: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < items; i++) {
    sum += await Promise.resolve(i);
    if (i % 1000 === 0) await macrotask();
  }
  return sum;
}
