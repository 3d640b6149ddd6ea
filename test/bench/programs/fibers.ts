import { Effect, Fiber, Queue } from "effect";

/** What a fiber receives while another one sends. */
export function transfer(send: Effect.Effect<void>, receive: Effect.Effect<number>): Effect.Effect<number> {
  return Effect.gen(function* () {
    const sender = yield* Effect.forkChild(send);
    const sum = yield* receive;
    yield* Fiber.join(sender);
    return sum;
  });
}

/** Offers the numbers from one up to another. */
export function offer(queue: Queue.Queue<number>, from: number, to: number): Effect.Effect<void> {
  return Effect.gen(function* () {
    for (let i = from; i < to; i++) yield* Queue.offer(queue, i);
  });
}

/** The sum of so many items. */
export function take(queue: Queue.Queue<number>, items: number): Effect.Effect<number> {
  return Effect.gen(function* () {
    let sum = 0;
    for (let i = 0; i < items; i++) sum += yield* Queue.take(queue);
    return sum;
  });
}

/** The sum of so many items, which are taken in batches. */
export function takeAll(queue: Queue.Queue<number>, items: number): Effect.Effect<number> {
  return Effect.gen(function* () {
    let sum = 0;
    for (let taken = 0; taken < items;) {
      for (const number of yield* Queue.takeAll(queue)) {
        sum += number;
        taken++;
      }
    }
    return sum;
  });
}
