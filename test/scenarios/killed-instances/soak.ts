import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { scope } from "tailrace";
import { clients } from "./clients.ts";
import { SIZE } from "./load.ts";
import type { Load } from "./load.ts";
import { processes } from "./processes.ts";

/** Who uses each pool at the same time. */
const USERS = 8;

export interface Outcome {
  readonly loads: readonly Counts[];
  /** Bytes after garbage has been collected, at the end of each twentieth of the time. */
  readonly heap: readonly number[];
  readonly rss: readonly number[];
  /** What is wrong. */
  readonly wrong: readonly string[];
}

export interface Counts {
  readonly name: string;
  readonly answered: number;
  /** Requests whose instance was killed before it had answered. */
  readonly failed: number;
  readonly kills: number;
  readonly spawned: number;
}

/** Uses pools for so long while what they have is killed all the time: processes, and a server where there is one. */
export async function soak(ms: number): Promise<Outcome> {
  const over = AbortSignal.timeout(ms);
  const [heap, rss, wrong]: [number[], number[], string[]] = [[], [], []];
  const connections = await clients();
  const loads = connections === undefined ? [processes()] : [processes(), connections];

  async function look(): Promise<void> {
    while (!over.aborted) {
      await sleep(ms / 20);
      (globalThis as { gc?(): void }).gc?.();
      const memory = process.memoryUsage();
      heap.push(memory.heapUsed);
      rss.push(memory.rss);
      for (const { pool } of loads) wrong.push(...looksWrong(pool));
    }
  }

  const counts = await scope(async (s) => {
    s.spawn(look);
    return await Promise.all(loads.map((load) => wear(load, over, wrong)));
  });
  for (const load of loads) wrong.push(...(await end(load)));
  return { loads: counts, heap, rss, wrong };
}

/** Uses a pool, and kills what it has, until the time is over. */
async function wear(load: Load, over: AbortSignal, wrong: string[]): Promise<Counts> {
  let [answered, failed, kills] = [0, 0, 0];
  async function ask(): Promise<void> {
    while (!over.aborted) {
      await load.ask().then(
        () => answered++,
        (error: unknown) => {
          failed++;
          if (error instanceof TypeError) wrong.push(error.message);
        },
      );
      await sleep(1);
    }
  }
  await scope((s) => {
    for (let nth = 0; nth < USERS; nth++) s.spawn(ask);
    s.spawn(async () => {
      for (; !over.aborted; kills++) await load.kill();
    });
  });
  return { name: load.pool.name, answered, failed, kills, spawned: load.pool.stats.totals.spawned };
}

/** All that were killed come back, and then all of them end. */
async function end(load: Load): Promise<string[]> {
  const { pool } = load;
  const wrong: string[] = [];
  for (let round = 0; round < 2; round++) {
    const answers = await Promise.allSettled(Array.from({ length: SIZE }, () => load.ask()));
    // What was killed last may not have been known to be so at first.
    if (round === 0) continue;
    for (const answer of answers) if (answer.status === "rejected") wrong.push(`no answer: ${String(answer.reason)}`);
  }
  const all = await Promise.all(Array.from({ length: SIZE }, () => pool.acquire()));
  for (const lease of all) lease.release();
  wrong.push(...looksWrong(pool));
  await load[Symbol.asyncDispose]();
  const { slots, totals } = pool.stats;
  if (slots.empty !== SIZE) wrong.push(`after close: ${JSON.stringify(slots)}`);
  if (load.left() > 0) wrong.push(`${load.left().toString()} ${pool.name} were left`);
  const [spawned, terminated] = [totals.spawned.toString(), totals.terminated.toString()];
  if (spawned !== terminated) wrong.push(`${pool.name}: ${spawned} spawned, ${terminated} terminated`);
  return wrong;
}

function looksWrong({ name, stats: { slots, totals, waiting } }: Load["pool"]): string[] {
  const wrong: string[] = [];
  const sum = Object.values(slots).reduce((one, other) => one + other);
  if (sum !== SIZE) wrong.push(`${name}: ${sum.toString()} slots`);
  if (totals.acquired - totals.released !== slots.leased)
    wrong.push(`leases of ${name}: ${JSON.stringify({ totals, slots })}`);
  if (waiting > 0 && slots.ready > 0) wrong.push(`${name}: ${waiting.toString()} wait for what is ready`);
  return wrong;
}

/** By which part the last third is above the first, without what is needed to get going. */
export function growth(samples: readonly number[]): number {
  const settled = samples.slice(2);
  const third = Math.floor(settled.length / 3);
  const mean = (some: readonly number[]): number => some.reduce((one, other) => one + other, 0) / some.length;
  return mean(settled.slice(-third)) / mean(settled.slice(0, third)) - 1;
}
