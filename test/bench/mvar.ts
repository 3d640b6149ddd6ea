import { Mutex } from "async-mutex";
import type { MutexInterface } from "async-mutex";
import { Effect, Fiber, Queue, Semaphore } from "effect";
import { mvar } from "tailrace";
import type { Bench } from "./harness/bench.ts";
import { alone, pingPong, TASKS, together } from "./programs/boxes.ts";
import type { Lock } from "./programs/boxes.ts";
import { subjects as betweenProcesses } from "./programs/mvar-processes.ts";
import { subjects as betweenThreads } from "./programs/mvar-threads.ts";

function boxed(): Lock<number> {
  const box = mvar({ value: 0 });
  return { acquire: () => box.take(), release: (value) => box.put(value) };
}

function mutex(): Lock<MutexInterface.Releaser> {
  const lock = new Mutex();
  return {
    acquire: () => lock.acquire(),
    release: (release) => {
      release();
    },
  };
}

export const bench: Bench = {
  job: `take what is in a box and put it back: alone, and ${String(TASKS)} tasks that wait once in between; two tasks, threads or processes that hand it to each other`,
  operation: "round",
  operations: 100_000,
  expected: (rounds) => rounds,
  subjects: [
    { package: "tailrace", calls: "take, put, alone", run: (rounds) => alone(boxed(), rounds) },
    {
      package: "node",
      calls: "two promises, alone",
      note: "floor: nothing is taken, two awaits",
      run: (rounds) => alone({ acquire: () => Promise.resolve(0), release: (value) => Promise.resolve(value) }, rounds),
    },
    { package: "async-mutex", calls: "Mutex, alone", operations: 20_000, run: (rounds) => alone(mutex(), rounds) },
    {
      package: "effect",
      calls: "Queue.bounded(1), alone",
      note: "its box: take waits while it is empty, offer while it is full",
      run: (rounds) => Effect.runPromise(queueAlone(rounds)),
    },
    {
      package: "effect",
      calls: "Semaphore(1), alone",
      note: "its lock",
      run: (rounds) => Effect.runPromise(semaphoreAlone(rounds)),
    },
    { package: "tailrace", calls: `take, put, ${String(TASKS)} tasks`, run: (rounds) => together(boxed(), rounds) },
    {
      package: "tailrace",
      calls: `modify, ${String(TASKS)} tasks`,
      run: async (rounds) => {
        const box = mvar({ value: 0 });
        const add = (value: number): Promise<number> => Promise.resolve(value + 1);
        let left = rounds;
        const work = async (): Promise<void> => {
          while (left-- > 0) await box.modify(add);
        };
        await Promise.all(Array.from({ length: TASKS }, work));
        return box.take();
      },
    },
    {
      package: "async-mutex",
      calls: `Mutex, ${String(TASKS)} tasks`,
      operations: 20_000,
      run: (rounds) => together(mutex(), rounds),
    },
    {
      package: "effect",
      calls: `Queue.bounded(1), ${String(TASKS)} fibers`,
      operations: 20_000,
      run: (rounds) => Effect.runPromise(queueTogether(rounds)),
    },
    {
      package: "effect",
      calls: `Semaphore(1), ${String(TASKS)} fibers`,
      operations: 20_000,
      run: (rounds) => Effect.runPromise(semaphoreTogether(rounds)),
    },
    {
      package: "tailrace",
      calls: "hand-over, there and back",
      run: (rounds) => pingPong(mvar(), mvar(), rounds),
    },
    {
      package: "effect",
      calls: "Queue.bounded(1), there and back",
      run: (rounds) => Effect.runPromise(queuePingPong(rounds)),
    },
    ...betweenThreads,
    ...betweenProcesses,
  ],
};

function queueAlone(rounds: number): Effect.Effect<number> {
  return Effect.gen(function* () {
    const box = yield* Queue.bounded<number>(1);
    yield* Queue.offer(box, 0);
    for (let nth = 0; nth < rounds; nth++) yield* Queue.offer(box, (yield* Queue.take(box)) + 1);
    return yield* Queue.take(box);
  });
}

function semaphoreAlone(rounds: number): Effect.Effect<number> {
  return Effect.gen(function* () {
    const lock = yield* Semaphore.make(1);
    let entered = 0;
    for (; entered < rounds; entered++) {
      yield* Semaphore.take(lock, 1);
      yield* Semaphore.release(lock, 1);
    }
    return entered;
  });
}

/** As the tasks, fibers let others run once while they have it. */
function queueTogether(rounds: number): Effect.Effect<number> {
  return Effect.gen(function* () {
    const box = yield* Queue.bounded<number>(1);
    yield* Queue.offer(box, 0);
    let left = rounds;
    const work = Effect.gen(function* () {
      while (left-- > 0) {
        const value = yield* Queue.take(box);
        yield* Effect.yieldNow;
        yield* Queue.offer(box, value + 1);
      }
    });
    yield* byAll(work);
    return yield* Queue.take(box);
  });
}

function semaphoreTogether(rounds: number): Effect.Effect<number> {
  return Effect.gen(function* () {
    const lock = yield* Semaphore.make(1);
    let [left, entered] = [rounds, 0];
    const work = Effect.gen(function* () {
      while (left-- > 0) {
        yield* Semaphore.take(lock, 1);
        entered++;
        yield* Effect.yieldNow;
        yield* Semaphore.release(lock, 1);
      }
    });
    yield* byAll(work);
    return entered;
  });
}

function byAll(work: Effect.Effect<void>): Effect.Effect<void> {
  const fibers = Array.from({ length: TASKS }, () => work);
  return Effect.all(fibers, { concurrency: "unbounded", discard: true });
}

function queuePingPong(rounds: number): Effect.Effect<number> {
  return Effect.gen(function* () {
    const there = yield* Queue.bounded<number>(1);
    const back = yield* Queue.bounded<number>(1);
    const other = yield* Effect.forkChild(
      Effect.gen(function* () {
        for (let nth = 0; nth < rounds; nth++) yield* Queue.offer(back, (yield* Queue.take(there)) + 1);
      }),
    );
    let value = 0;
    for (let nth = 0; nth < rounds; nth++) {
      yield* Queue.offer(there, value);
      value = yield* Queue.take(back);
    }
    yield* Fiber.join(other);
    return value;
  });
}
