import { setImmediate as macrotask, setTimeout as sleep } from "node:timers/promises";
import { watchLoop } from "tailrace/watch";
import { measuredBy } from "./harness/bench.ts";
import type { Bench } from "./harness/bench.ts";
import { spread } from "./harness/result.ts";
import { sumBelow } from "./programs/numbers.ts";
import { cost } from "./watch/cost.ts";
import type { Mode } from "./watch/modes.ts";
import { used } from "./watch/used.ts";

/** Starts what is measured, and returns what stops it. */
type Start = () => Disposable;

const nothing: Start = () => ({ [Symbol.dispose]: () => undefined });

/** Milliseconds in which a thread has started, and has come to rest. */
const SETTLED = 100;

const PAIRS = 6;
const SLICES = 3;

/** What the watched thread uses more for the same work. The machine changes: with and without are done in turn. */
const slows = measuredBy<Start>(async (start, items, quick) => {
  const ratios: number[] = [];
  for (let i = 0; i < (quick ? 1 : PAIRS); i++) {
    await sleep(SETTLED);
    const without = await best(items);
    const watch = start();
    await sleep(SETTLED);
    ratios.push((await best(items)) / without);
    watch[Symbol.dispose]();
  }
  return { result: await work(items), figure: (spread(ratios).median - 1) * 100 };
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

/** What of the other benchmarks is done in each of the modes. */
const JOBS = [
  ["channel", "await send, for await"],
  ["rendezvous", "await send, for await"],
  ["limit", "limit"],
  ["map", "mapConcurrent, awaited"],
] as const;

const NOTES: Readonly<Record<Mode, string | undefined>> = {
  unregistered: "what is measured where there is no difference",
  registered: "the default",
  "watched without call sites": undefined,
  watched: undefined,
};

export const bench: Bench = {
  job: "what it costs to know who waits: what jobs take more of their own thread, and of a processor what an idle process uses",
  operation: "item",
  operations: 2_000_000,
  unit: "%",
  expected: sumBelow,
  subjects: [
    ...JOBS.flatMap(([name, calls]) =>
      Object.entries(NOTES).map(([mode, note]) => cost(name, calls, mode as Mode, note)),
    ),
    slows("tailrace", "watchLoop, busy", () => watchLoop()),
    slows("tailrace", "watchLoop of 10 ms, busy", () => watchLoop({ blockedAfter: 10 })),
    slows("node", "no watchdog, busy", nothing, { note: "what is measured where there is nothing" }),
    idles("tailrace", "watchLoop, idle", () => watchLoop()),
    idles("tailrace", "watchLoop of 10 ms, idle", () => watchLoop({ blockedAfter: 10 })),
    idles("node", "no watchdog, idle", nothing),
  ],
};

/** Microseconds of this thread that the work takes, at best: what else runs on the machine only makes it more. */
async function best(items: number): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < SLICES; i++) best = Math.min(best, await used(() => work(items)));
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
