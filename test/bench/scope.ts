import { Effect, Fiber } from "effect";
import { run, spawn } from "effection";
import { scope } from "tailrace";
import type { Task } from "tailrace";
import type { Bench } from "./harness/bench.ts";
import { nothing } from "./programs/calls.ts";
import { sumBelow } from "./programs/numbers.ts";

export const bench: Bench = {
  job: "tasks that do nothing, spawned in one scope and joined by it",
  operation: "task",
  operations: 100_000,
  expected: sumBelow,
  subjects: [
    {
      package: "tailrace",
      calls: "scope, spawn",
      async run(tasks) {
        let sum = 0;
        await scope((s) => {
          for (let i = 0; i < tasks; i++) {
            s.spawn(async () => {
              const given = await nothing(i);
              sum += given;
            });
          }
        });
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "scope, spawn, await each",
      run: (tasks) =>
        scope(async (s) => {
          const all: Task<number>[] = [];
          for (let i = 0; i < tasks; i++) all.push(s.spawn(() => nothing(i)));
          let sum = 0;
          for (const task of all) sum += await task;
          return sum;
        }),
    },
    {
      package: "effect",
      calls: "forkChild of promises, join",
      run: (tasks) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const fibers: Fiber.Fiber<number>[] = [];
            for (let i = 0; i < tasks; i++) fibers.push(yield* Effect.forkChild(Effect.promise(() => nothing(i))));
            let sum = 0;
            for (const fiber of fibers) sum += yield* Fiber.join(fiber);
            return sum;
          }),
        ),
    },
    {
      package: "effection",
      calls: "spawn, join",
      operations: 20_000,
      run: (tasks) =>
        run(function* () {
          const all = [];
          for (let i = 0; i < tasks; i++) {
            all.push(
              yield* spawn(function* () {
                return i;
              }),
            );
          }
          let sum = 0;
          for (const task of all) sum += yield* task;
          return sum;
        }),
    },
    {
      package: "node",
      calls: "Promise.all",
      note: "floor: no names, no signals, nothing is waited for after a failure",
      async run(tasks) {
        const all: Promise<number>[] = [];
        for (let i = 0; i < tasks; i++) all.push((async () => nothing(i))());
        let sum = 0;
        for (const result of await Promise.all(all)) sum += result;
        return sum;
      },
    },
  ],
};
