import type PQueue from "p-queue";

/** Calls at once, of which most have to wait. */
export const TOGETHER = 1_000;

/** A limit of ours or of p-limit. */
export type Limited = <Arguments extends unknown[], Result>(
  job: (...args: Arguments) => Result | PromiseLike<Result>,
  ...args: Arguments
) => Promise<Result | Awaited<Result>>;

export const nothing = (i: number): Promise<number> => Promise.resolve(i);

export async function callTogether(limited: Limited, from: number, to: number): Promise<number> {
  let sum = 0;
  for (let i = from; i < to; i += TOGETHER) {
    const some: Promise<number>[] = [];
    const end = Math.min(to, i + TOGETHER);
    for (let j = i; j < end; j++) some.push(limited(nothing, j));
    for (const result of await Promise.all(some)) sum += result;
  }
  return sum;
}

export async function callInTurn(limited: Limited, calls: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < calls; i++) sum += await limited(nothing, i);
  return sum;
}

/** As `callTogether`: to make a queue look like a limit would cost it one more call for each. */
export async function addTogether(
  queue: PQueue,
  from: number,
  to: number,
  options?: { readonly signal: AbortSignal },
): Promise<number> {
  let sum = 0;
  for (let i = from; i < to; i += TOGETHER) {
    const some: Promise<number>[] = [];
    const end = Math.min(to, i + TOGETHER);
    for (let j = i; j < end; j++) some.push(queue.add(() => nothing(j), options));
    for (const result of await Promise.all(some)) sum += result;
  }
  return sum;
}
