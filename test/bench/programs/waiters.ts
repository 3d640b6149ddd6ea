import { channel, scope } from "tailrace";
import { drain } from "./channels.ts";

/** Lets so many go on that wait or are held, each with its number, and returns the sum of what they got. */
export type Empty = () => number | Promise<number>;

export function senders(waiters: number): () => number {
  const numbers = channel<number>();
  for (let i = 0; i < waiters; i++) void numbers.send(i);
  return () => drain(numbers);
}

export function receivers(waiters: number): () => number {
  const numbers = channel<number>();
  for (let i = 0; i < waiters; i++) void numbers.receive();
  return () => {
    let sum = 0;
    for (let i = 0; numbers.trySend(i); i++) sum += i;
    return sum;
  };
}

export function tasks(waiters: number): () => Promise<number> {
  const { promise: open, resolve } = Promise.withResolvers<undefined>();
  let sum = 0;
  const all = scope((s) => {
    for (let i = 0; i < waiters; i++) {
      s.spawn(() => {
        sum += i;
        return open;
      });
    }
  });
  return async () => {
    resolve(undefined);
    await all;
    return sum;
  };
}
