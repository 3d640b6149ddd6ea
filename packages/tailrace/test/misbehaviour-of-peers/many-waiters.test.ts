// Effect's Semaphore takes 50 to 100 µs for each operation when 8000 wait and minutes for 100 000, effection's queue
// 122 µs when 200 000 are in it, async-mutex's Semaphore 70 µs: they look at all that wait. Here it does not matter how
// many wait (50 000 is enough to tell). If it did, these tests would run into their time-outs.
import { broadcast, channel, EMPTY, inspect, limit, rate } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";

nothingIsLeft();

const MANY = 50_000;
const all = range(MANY);

/** Makes so many wait, and says how to serve them. */
interface Crowd {
  readonly wait: (n: number, signal?: AbortSignal) => Promise<unknown>;
  readonly serve: () => unknown;
  readonly close: () => void;
}

const crowds: [string, () => Crowd][] = [
  [
    "receivers of a channel",
    () => {
      const ch = channel<number>();
      return {
        wait: (_, signal) => ch.receive({ signal }),
        serve: () => {
          for (const n of all) ch.trySend(n);
        },
        close: () => {
          ch.close();
        },
      };
    },
  ],
  [
    "senders of a channel",
    () => {
      const ch = channel<number>();
      return {
        wait: async (n, signal) => {
          await ch.send(n, { signal });
          return n;
        },
        serve: () => {
          while (ch.tryReceive() !== EMPTY);
        },
        close: () => {
          ch.close();
        },
      };
    },
  ],
  [
    "senders of a broadcast",
    () => {
      const hub = broadcast<number>();
      return {
        wait: async (n, signal) => {
          await hub.send(n, { signal });
          return n;
        },
        serve: () => hub.subscribe({ capacity: MANY }),
        close: () => {
          hub.close();
        },
      };
    },
  ],
  ...[true, false].map((plain): [string, () => Crowd] => [
    plain ? "calls of a limit" : "calls of a limit that may give up",
    () => {
      const limited = limit(1);
      const gate = new Gate();
      const first = limited(gate.run);
      return {
        wait: (n, signal) => (plain && signal === undefined ? limited : limited.with({ signal }))(() => n),
        serve: () => {
          gate.open();
        },
        close: () => {
          limited.clearQueue();
          gate.open();
          void first;
        },
      };
    },
  ]),
];

describe.for(crowds)("50 000 %s", ([, make]) => {
  test("are each in the report, and are served in their order", async () => {
    const crowd = make();
    const order: unknown[] = [];
    const waits = all.map(async (n) => order.push(await crowd.wait(n)));
    expect(inspect().waits).toHaveLength(MANY);
    crowd.serve();
    await within(Promise.all(waits), 25_000);
    expect(order).toEqual(all);
    crowd.close();
  });

  test("are all told when it is closed or cleared", async () => {
    const crowd = make();
    const waits = Promise.allSettled(all.map((n) => crowd.wait(n)));
    crowd.close();
    expect((await within(waits, 25_000)).filter(({ status }) => status === "rejected")).toHaveLength(MANY);
  });

  test("are all told when their signal aborts", async () => {
    const crowd = make();
    const controller = new AbortController();
    const waits = Promise.allSettled(all.map((n) => crowd.wait(n, controller.signal)));
    controller.abort("enough");
    const results = await within(waits, 25_000);
    expect(results.filter((result) => result.status === "rejected" && result.reason === "enough")).toHaveLength(MANY);
    crowd.close();
  });
});

test("a report may have more lines than a call may have arguments", async () => {
  const limited = limit(1);
  const first = limited(() => Promise.resolve());
  for (let n = 0; n < 200_000; n++) void limited(() => n);
  expect(inspect().waits).toHaveLength(200_000);
  limited.clearQueue();
  await within(first);
});

test("50 000 calls of a rate give up together, and no timer is left", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const polite = rate({ per: 1, interval: 60_000 });
    await polite(() => 1);
    const controller = new AbortController();
    const waits = Promise.allSettled(all.map((n) => polite.with({ signal: controller.signal })(() => n)));
    expect([polite.pendingCount, inspect().waits.length, vi.getTimerCount()]).toEqual([MANY, MANY, 1]);
    controller.abort("enough");
    expect((await waits).filter(({ status }) => status === "rejected")).toHaveLength(MANY);
    expect([polite.pendingCount, vi.getTimerCount()]).toEqual([0, 0]);
  } finally {
    vi.useRealTimers();
  }
});
