// Whoever waits is told when what it waits for is closed, cleared or aborted: p-limit's and p-queue's queues, tarn and
// effection leave some of them pending.
import {
  broadcast,
  channel,
  fanIn,
  fanOut,
  inspect,
  limit,
  limitFunction,
  mapConcurrent,
  openScope,
  rate,
  receiveFrom,
  scope,
  select,
  sendTo,
} from "tailrace";
import { expect, test } from "vitest";
import { idle, within } from "./deadline.ts";
import { collect, numbers, stick } from "./items.ts";
import { nothingIsLeft } from "./leftovers.ts";
import { aborted, Gate } from "./tasks.ts";

nothingIsLeft();

/** What waits, and what then tells it that it is over. */
interface Case {
  readonly waits: readonly PromiseLike<unknown>[];
  readonly end: () => unknown;
}

const never = new Gate<never>().run;

const patient = { timeout: 60_000 };

const cases: [string, () => Case][] = [
  [
    "closing an empty channel",
    () => {
      const ch = channel<number>({ capacity: 2 });
      const { signal } = new AbortController();
      const waits = [
        ch.receive(),
        ch.receive(patient),
        ch.receive({ signal }),
        collect(ch),
        collect(ch.values(patient)),
        collect(ch.batches({ max: 2 })),
        select([receiveFrom(ch)]),
        select([receiveFrom(ch), receiveFrom(channel())], { signal, ...patient }),
      ];
      return {
        waits,
        end: () => {
          ch.close();
        },
      };
    },
  ],
  [
    "closing a full channel",
    () => {
      const ch = channel<number>({ capacity: 1 });
      ch.trySend(0);
      const waits = [
        ch.send(1),
        ch.send(2, patient),
        ch.sender().send(3, { signal: new AbortController().signal }),
        select([sendTo(ch, 4), receiveFrom(channel())]),
      ];
      return {
        waits,
        end: () => {
          ch.close(new Error("broken"));
        },
      };
    },
  ],
  [
    "closing the last sender",
    () => {
      const ch = channel<number>();
      const [one, two] = [ch.sender(), ch.sender()];
      return {
        waits: [ch.receive(), collect(ch)],
        end: () => {
          one.close();
          two.close();
        },
      };
    },
  ],
  [
    "closing a broadcast that waits for its audience",
    () => {
      const hub = broadcast<number>({ audience: 2 });
      const only = hub.subscribe();
      return {
        waits: [hub.send(1), hub.send(2, patient), only.receive(), collect(only)],
        end: () => {
          hub.close();
        },
      };
    },
  ],
  [
    "closing a broadcast that waits for room",
    () => {
      const hub = broadcast<number>();
      hub.subscribe({ capacity: 0 });
      const other = hub.subscribe();
      return {
        waits: [hub.send(1), other.receive(patient), select([receiveFrom(other)])],
        end: () => {
          hub.close();
        },
      };
    },
  ],
  [
    "ending a subscription",
    () => {
      const own = broadcast<number>().subscribe();
      return {
        waits: [own.receive(), own.receive(patient), collect(own), collect(own.batches())],
        end: () => {
          own.close();
        },
      };
    },
  ],
  [
    "clearing a limit",
    () => {
      const limited = limit(2);
      void limited(never);
      void limited(never);
      const { signal } = new AbortController();
      const waits = [
        limited(() => 1),
        limited.with(patient)(() => 2),
        limited.with({ signal, weight: 2 })(() => 3),
        limited.map([4, 5], (n) => n),
      ];
      return {
        waits,
        end: () => {
          limited.clearQueue();
        },
      };
    },
  ],
  [
    "clearing a limited function",
    () => {
      const limited = limitFunction((wait: boolean) => (wait ? never() : 1), { concurrency: 1 });
      void limited(true);
      return {
        waits: [limited(false), limited(true)],
        end: () => {
          limited.clearQueue();
        },
      };
    },
  ],
  [
    "leaving the loop over a mapping",
    () => {
      const loop = mapConcurrent(numbers(), (_, { signal }) => aborted(signal), { concurrency: 2 })[
        Symbol.asyncIterator
      ]();
      return { waits: [loop.next(), loop.next()], end: () => loop.return?.() };
    },
  ],
  [
    "leaving the loop over merged sources",
    () => {
      const quiet = channel<number>();
      const loop = fanIn([quiet.values(), quiet.values()])[Symbol.asyncIterator]();
      return { waits: [loop.next(), loop.next()], end: () => loop.return?.() };
    },
  ],
  [
    "aborting a scope",
    () => {
      const s = openScope();
      const quiet = channel<number>();
      const waits = [
        s.spawn(({ signal }) => quiet.receive({ signal })),
        s.spawn(({ signal }) => aborted(signal), { daemon: true }),
        s.start(({ signal }) => aborted(signal)),
        s[Symbol.asyncDispose](),
      ];
      return {
        waits,
        end: () => {
          s.abort();
        },
      };
    },
  ],
  ...Object.entries<(signal: AbortSignal) => readonly PromiseLike<unknown>[]>({
    "a channel": (signal) => {
      const [empty, full] = [channel<number>(), channel<number>()];
      return [
        empty.receive({ signal }),
        full.send(1, { signal }),
        collect(empty.values({ signal })),
        collect(empty.batches({ signal })),
        select([receiveFrom(empty), sendTo(full, 2)], { signal }),
      ];
    },
    "a broadcast": (signal) => {
      const hub = broadcast<number>({ audience: 2 });
      return [hub.send(1, { signal }), hub.subscribe().receive({ signal })];
    },
    "a rate": (signal) => {
      const slow = rate({ per: 1, interval: 60_000 });
      void slow(() => 1);
      return [slow.with({ signal })(() => 2), slow.with({ signal, ...patient })(() => 3)];
    },
    "a fan-out": (signal) => [
      fanOut(numbers(), [stick, stick], { signal }),
      fanOut(channel<number>(), { all: collect<number> }, { signal, route: "any" }),
    ],
    "a mapping": (signal) => [
      mapConcurrent(numbers(), (_, task) => aborted(task.signal), { concurrency: 2, signal }),
      collect(mapConcurrent(channel<number>().values({ signal }), (n) => n, { concurrency: 2, signal })),
    ],
    "merged sources": (signal) => [collect(fanIn({ a: channel<number>().values({ signal }) }, { signal }))],
    "a scope": (signal) => [scope((s) => s.spawn((task) => aborted(task.signal)), { signal })],
  }).map(([what, wait]): [string, () => Case] => [
    `aborting what waits on ${what}`,
    () => {
      const controller = new AbortController();
      return {
        waits: wait(controller.signal),
        end: () => {
          controller.abort(new Error("enough"));
        },
      };
    },
  ]),
];

test.for(cases)("%s leaves nobody waiting", async ([, make]) => {
  const { waits, end } = make();
  let settled = 0;
  const all = Promise.allSettled(waits).finally(() => (settled = waits.length));
  for (const wait of waits)
    void Promise.resolve(wait).then(
      () => settled++,
      () => settled++,
    );
  await idle();
  expect(settled).toBe(0); // they do wait
  expect(inspect().waits.length).toBeGreaterThan(0);
  await within(Promise.resolve(end()));
  await within(all);
});
