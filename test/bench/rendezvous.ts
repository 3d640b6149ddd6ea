import { Effect, Queue } from "effect";
import { channel } from "tailrace";
import type { Bench } from "./harness/bench.ts";
import { receive, send, sendAndClose } from "./programs/channels.ts";
import { offer, take, transfer } from "./programs/fibers.ts";
import { addUp, sumBelow } from "./programs/numbers.ts";
import { read } from "./programs/streams.ts";

export const bench: Bench = {
  job: "one sender to one receiver, each item handed over without a buffer",
  operation: "item",
  operations: 500_000,
  expected: sumBelow,
  subjects: [
    {
      package: "tailrace",
      calls: "await send, for await",
      async run(items) {
        const numbers = channel<number>();
        const sender = sendAndClose(numbers, items);
        const sum = await addUp(numbers);
        await sender;
        return sum;
      },
    },
    {
      package: "tailrace",
      calls: "await send, await receive",
      async run(items) {
        const numbers = channel<number>();
        const sender = send(numbers, 0, items);
        const sum = await receive(numbers, items);
        await sender;
        return sum;
      },
    },
    {
      package: "effect",
      calls: "Queue.bounded(0)",
      operations: 200_000,
      run(items) {
        const queue = Effect.runSync(Queue.bounded<number>(0));
        return Effect.runPromise(transfer(offer(queue, 0, items), take(queue, items)));
      },
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
        const sum = await read(transform.readable);
        await sender;
        return sum;
      },
    },
    {
      package: "node",
      calls: "async generator",
      note: "floor: the receiver pulls, no second task",
      run(items) {
        // eslint-disable-next-line @typescript-eslint/require-await -- the bare hop is what is measured
        async function* hops(): AsyncGenerator<number, void> {
          for (let i = 0; i < items; i++) yield i;
        }
        return addUp(hops());
      },
    },
  ],
};
