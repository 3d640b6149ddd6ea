import { pool } from "tailrace";
import type { Ending, Pool, PoolEvent, PoolOptions, SlotState, TerminateContext } from "tailrace";
import { expect } from "vitest";
import { turn } from "../deadline.ts";

/** Makes instances, which are numbers from 1, and notes what has become of them. */
export class Factory {
  made = 0;
  /** Those that have not been ended. */
  readonly live = new Set<number>();
  readonly ended: [instance: number, reason: Ending][] = [];

  readonly spawn = (): number => {
    this.live.add(++this.made);
    return this.made;
  };

  readonly terminate = (instance: number, { reason }: TerminateContext): void => {
    if (!this.live.delete(instance)) throw new Error(`${instance.toString()} was ended before`);
    this.ended.push([instance, reason]);
  };
}

/** A pool of such instances, and all that it tells of itself. */
export function poolOf(
  max: number,
  options: Partial<PoolOptions<number>> = {},
): { readonly p: Pool<number>; readonly factory: Factory; readonly events: PoolEvent[] } {
  const factory = new Factory();
  const events: PoolEvent[] = [];
  const p = pool<number>({
    max,
    spawn: factory.spawn,
    terminate: factory.terminate,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { p, factory, events };
}

/** The slots that are not empty, by their states. */
export function states({ stats }: Pool<unknown>): Partial<Record<SlotState, number>> {
  const { empty: _, ...slots } = stats.slots;
  return Object.fromEntries(Object.entries(slots).filter(([, count]) => count > 0));
}

/** No slot is lost or counted twice, and what was made has either been ended or is in one. */
export function expectSound(p: Pool<unknown>): void {
  const { slots, totals, abandoned, waiting } = p.stats;
  const counts = Object.values(slots);
  expect(counts.every((count) => count >= 0)).toBe(true);
  expect(counts.reduce((a, b) => a + b)).toBe(p.max);
  const infos = p.slots();
  expect(infos.map(({ slot }) => slot)).toEqual(infos.map((_, index) => index + 1));
  for (const [state, count] of Object.entries(slots))
    expect(infos.filter((info) => info.state === state)).toHaveLength(count);
  expect(totals.acquired - totals.released).toBe(slots.leased);
  expect(Math.min(totals.spawned - totals.terminated, abandoned, waiting)).toBeGreaterThanOrEqual(0);
}

/** Waits until something is so, whatever collects garbage or runs beside. */
export async function until(isSo: () => boolean, between: () => Promise<void> = turn): Promise<void> {
  const end = performance.now() + 4000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("it has not come about");
    await between();
  }
}
