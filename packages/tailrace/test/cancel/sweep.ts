import { report } from "tailrace";
import { expect } from "vitest";
import { turn, within } from "../deadline.ts";

/** What every sweep aborts with. */
export const REASON = new Error("swept away");

/**
 * Runs a program again and again: the first time its signal aborts at once, then after one microtask, after two, until
 * the program has come to its end before that. Each time it has to end, and to leave nothing waiting; what else it
 * promises it checks itself.
 */
export async function abortEverywhere(program: (signal: AbortSignal) => Promise<void>): Promise<void> {
  await everywhere((onStop) => {
    const controller = new AbortController();
    onStop(() => {
      controller.abort(REASON);
    });
    return program(controller.signal);
  });
}

type Program = (onStop: (stop: () => void) => void) => Promise<void>;

/** The same for programs that are stopped in other ways than by a signal. */
export async function everywhere(program: Program): Promise<void> {
  let tried = 0;
  while (await stopsAfter(tried, program)) expect(++tried).toBeLessThan(2000);
  expect(tried).toBeGreaterThan(3); // or nothing was tried
}

/** Whether the program was still running after so many microtasks, and so was stopped. */
async function stopsAfter(microtasks: number, program: Program): Promise<boolean> {
  await turn(); // what has gone on for long gives way to others
  const when = `stopped after ${microtasks.toString()} microtasks`;
  const state = { over: false, stop: (): void => undefined };
  const run = program((stop) => {
    state.stop = stop;
  }).finally(() => {
    state.over = true;
  });
  for (let microtask = 0; microtask < microtasks && !state.over; microtask++) await Promise.resolve();
  const stops = !state.over;
  if (stops) state.stop();
  await within(run).catch((error: unknown) => {
    throw new Error(when, { cause: error });
  });
  expect(report(), when).toBe("nothing waits");
  return stops;
}

/** What a stopped operation comes to: undefined if it was aborted; any other failure is passed on. */
export function unless(error: unknown): undefined {
  if (error !== REASON) throw error;
  return undefined;
}
