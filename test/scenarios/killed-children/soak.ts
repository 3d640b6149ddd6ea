import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { pool, scope } from "tailrace";
import type { Pool } from "tailrace";
import { Instance } from "./instance.ts";

const SIZE = 4;
const CLIENTS = 8;

export interface Outcome {
  readonly answered: number;
  /** Requests whose instance was killed before it had answered. */
  readonly failed: number;
  readonly killed: number;
  readonly spawned: number;
  /** Bytes after garbage has been collected, at the end of each twentieth of the time. */
  readonly heap: readonly number[];
  readonly rss: readonly number[];
  /** What is wrong. */
  readonly wrong: readonly string[];
}

/** Uses a pool of processes for so long, in which some of them are killed all the time. */
export async function soak(ms: number): Promise<Outcome> {
  const over = AbortSignal.timeout(ms);
  const [heap, rss, wrong]: [number[], number[], string[]] = [[], [], []];
  let [answered, failed, killed] = [0, 0, 0];
  const workers = pool<Instance>({
    name: "workers",
    max: SIZE,
    spawn: ({ signal, lost }) => Instance.start(signal, lost),
    terminate: (instance) => instance.end(),
    retryDelay: 10,
    retryCap: 200,
  });

  async function ask(): Promise<void> {
    while (!over.aborted) {
      await workers.use(async (instance, { signal }) => {
        await instance.ask(signal).then(
          () => answered++,
          (error: unknown) => {
            failed++;
            if (!signal.aborted) wrong.push(String(error));
          },
        );
      });
      await sleep(1);
    }
  }

  async function kill(): Promise<void> {
    while (!over.aborted) {
      await sleep(Math.random() * 200);
      const alive = [...Instance.alive];
      const victim = alive[Math.floor(Math.random() * alive.length)];
      if (victim === undefined) continue;
      victim.kill();
      killed++;
    }
  }

  async function look(): Promise<void> {
    while (!over.aborted) {
      await sleep(ms / 20);
      (globalThis as { gc?(): void }).gc?.();
      const memory = process.memoryUsage();
      heap.push(memory.heapUsed);
      rss.push(memory.rss);
      wrong.push(...looksWrong(workers));
    }
  }

  await scope((s) => {
    for (let nth = 0; nth < CLIENTS; nth++) s.spawn(ask);
    s.spawn(kill);
    s.spawn(look);
  });
  // All that were killed come back, and then all of them end.
  for (let round = 0; round < 2; round++) {
    const back = await Promise.all(Array.from({ length: SIZE }, () => workers.acquire()));
    const answers = await Promise.allSettled(back.map((lease) => lease.value.ask(lease.signal)));
    for (const lease of back) lease.release();
    // What was killed last may not have been known to be so at first.
    if (round > 0) for (const { status } of answers) if (status === "rejected") wrong.push("one does not answer");
  }
  wrong.push(...looksWrong(workers));
  await workers.close();
  if (workers.stats.slots.empty !== SIZE) wrong.push(`after close: ${JSON.stringify(workers.stats.slots)}`);
  if (Instance.alive.size > 0) wrong.push(`${Instance.alive.size.toString()} processes were left`);
  const { spawned, terminated } = workers.stats.totals;
  if (spawned !== terminated) wrong.push(`${spawned.toString()} spawned, ${terminated.toString()} terminated`);
  return { answered, failed, killed, spawned, heap, rss, wrong };
}

function looksWrong({ stats: { slots, totals, waiting } }: Pool<Instance>): string[] {
  const wrong: string[] = [];
  const sum = Object.values(slots).reduce((one, other) => one + other);
  if (sum !== SIZE) wrong.push(`${sum.toString()} slots`);
  if (totals.acquired - totals.released !== slots.leased) wrong.push(`leases: ${JSON.stringify({ totals, slots })}`);
  if (waiting > 0 && slots.ready > 0) wrong.push(`${waiting.toString()} wait for what is ready`);
  return wrong;
}

/** By which part the last third is above the first, without what is needed to get going. */
export function growth(samples: readonly number[]): number {
  const settled = samples.slice(2);
  const third = Math.floor(settled.length / 3);
  const mean = (some: readonly number[]): number => some.reduce((one, other) => one + other, 0) / some.length;
  return mean(settled.slice(-third)) / mean(settled.slice(0, third)) - 1;
}
