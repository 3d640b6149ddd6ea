import { Effect, Fiber, Queue } from "effect";
import { channel } from "tailrace";
import type { Bench } from "./harness/bench.ts";

export const bench: Bench = {
  job: "one sender to one receiver, each item handed over without a buffer",
  operation: "item",
  operations: 500_000,
  expected: (items) => (items * (items - 1)) / 2,
  subjects: [
    {
      package: "tailrace",
      calls: "await send, for await",
      async run(items) {
        const numbers = channel<number>();
        const sender = (async () => {
          for (let i = 0; i < items; i++) await numbers.send(i);
          numbers.close();
        })();
        let sum = 0;
        for await (const number of numbers) sum += number;
        await sender;
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "await send, await receive",
      async run(items) {
        const numbers = channel<number>();
        const sender = (async () => {
          for (let i = 0; i < items; i++) await numbers.send(i);
        })();
        let sum = 0;
        for (let i = 0; i < items; i++) sum += await numbers.receive();
        await sender;
        return sum;
      },
    },
    {
      package: "effect",
      calls: "Queue.bounded(0)",
      operations: 200_000,
      run: (items) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const queue = yield* Queue.bounded<number>(0);
            const sender = yield* Effect.forkChild(
              Effect.gen(function* () {
                for (let i = 0; i < items; i++) yield* Queue.offer(queue, i);
              }),
            );
            let sum = 0;
            for (let i = 0; i < items; i++) sum += yield* Queue.take(queue);
            yield* Fiber.join(sender);
            return sum;
          }),
        ),
    },
    {
      package: "node",
      calls: "TransformStream",
      operations: 200_000,
      note: "high-water marks 1 and 0",
      async run(items) {
        const transform = new TransformStream<number, number>({}, { highWaterMark: 1 }, { highWaterMark: 0 });
        const writer = transform.writable.getWriter();
        const sender = (async () => {
          for (let i = 0; i < items; i++) await writer.write(i);
          await writer.close();
        })();
        const reader = transform.readable.getReader();
        let sum = 0;
        for (let read = await reader.read(); !read.done; read = await reader.read()) sum += read.value;
        await sender;
        return sum;
      },
    },
    {
      package: "node",
      calls: "async generator",
      note: "floor: the receiver pulls, no second task",
      async run(items) {
        // eslint-disable-next-line @typescript-eslint/require-await -- the bare hop is what is measured
        async function* count(): AsyncGenerator<number, void> {
          for (let i = 0; i < items; i++) yield i;
        }
        let sum = 0;
        for await (const number of count()) sum += number;
        return sum;
      },
    },
  ],
};
