import { EMPTY } from "tailrace";
import type { Channel } from "tailrace";
import { within } from "./deadline.ts";
import { aborted } from "./tasks.ts";

/** The numbers from 0, so many of them. */
export const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** The same, made only as they are asked for. */
export function* numbers(length = Infinity): Generator<number, void, undefined> {
  for (let i = 0; i < length; i++) yield i;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The items that can be had at once. */
export function drain<T>(from: Pick<Channel<T>, "tryReceive">): T[] {
  const all: T[] = [];
  for (let item = from.tryReceive(); item !== EMPTY; item = from.tryReceive()) all.push(item);
  return all;
}

/** Leaves a loop early. */
export async function leave(loop: AsyncIterator<unknown, undefined>): Promise<void> {
  await within(loop.return?.() ?? Promise.reject(new Error("it cannot be left")));
}

/** How many items come. */
export async function tally(items: AsyncIterable<unknown>): Promise<number> {
  const iterator = items[Symbol.asyncIterator]();
  let many = 0;
  while ((await iterator.next()).done !== true) many++;
  return many;
}

/** Takes one item and then no other, until the signal aborts. */
export async function stick(
  items: AsyncIterable<unknown>,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  await items[Symbol.asyncIterator]().next();
  await aborted(signal);
}

/** Runs a function after each item. */
export async function each(items: AsyncIterable<unknown>, run: () => Promise<void>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true) await run();
}
