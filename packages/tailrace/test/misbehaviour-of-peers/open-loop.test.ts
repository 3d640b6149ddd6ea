// During 200 000 to 1 000 000 items a timer of 1 ms never ticked in repeater, effection, streamx and the streams of Node
// and of the web: what goes on without waiting for anything shuts the event loop. Here it ticks.
import {
  all,
  broadcast,
  channel,
  drive,
  fanIn,
  fanOut,
  limit,
  limitFunction,
  mapConcurrent,
  receiveFrom,
  select,
  sendTo,
} from "tailrace";
import type { Channel } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { numbers, tally } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

const MANY = 200_000;

const id = (n: number): Promise<number> => Promise.resolve(n);

async function sendAll(to: Pick<Channel<number>, "send" | "close">): Promise<void> {
  for (const n of numbers(MANY)) await to.send(n);
  to.close();
}

async function through(ch: Channel<number>, reader: AsyncIterable<unknown> = ch): Promise<number> {
  const [, read] = await all([() => sendAll(ch), () => tally(reader)]);
  return read;
}

const structures: [string, () => Promise<number>][] = [
  ["a channel without room", () => through(channel<number>())],
  ["a channel with room", () => through(channel<number>({ capacity: 64 }))],
  [
    "send and receive",
    async () => {
      const ch = channel<number>({ capacity: 1 });
      let sum = 0;
      for (const n of numbers(MANY)) {
        await ch.send(n);
        sum += (await ch.receive()) === n ? 1 : 0;
      }
      return sum;
    },
  ],
  [
    "batches of one",
    async () => {
      const ch = channel<number>({ capacity: 64 });
      return through(ch, ch.batches({ max: 1 }));
    },
  ],
  [
    "a channel that drops",
    async () => {
      const ch = channel<number>({ capacity: 1, overflow: "drop-oldest" });
      await sendAll(ch);
      return ch.dropped + ch.size;
    },
  ],
  [
    "a sender",
    async () => {
      const ch = channel<number>();
      const [, read] = await all([() => sendAll(ch.sender()), () => tally(ch)]);
      return read;
    },
  ],
  [
    "select",
    async () => {
      const [from, to] = [channel<number>({ capacity: 1 }), channel<number>({ capacity: 1 })];
      let chosen = 0;
      for (; chosen < MANY; chosen++) {
        const { index } = await select([receiveFrom(from), sendTo(to, chosen)]);
        if (index === 1) from.trySend(to.tryReceive() as number);
      }
      return chosen;
    },
  ],
  [
    "broadcast",
    async () => {
      const hub = broadcast<number>({ audience: 2 });
      const readers = [hub.subscribe(), hub.subscribe({ capacity: 1 })];
      const [, ...read] = await all([() => sendAll(hub), ...readers.map((reader) => () => tally(reader))]);
      expect(read).toEqual([MANY, MANY]);
      return MANY;
    },
  ],
  ...(["broadcast", "any", () => [0, 1]] as const).map((route): [string, () => Promise<number>] => [
    `fanOut, ${typeof route === "function" ? "by a function" : route}`,
    async () => {
      const [one, two] = await fanOut(numbers(MANY), [tally, tally], { route });
      return route === "any" ? one + two : (one + two) / 2;
    },
  ]),
  [
    "fanOut, zip",
    async () => {
      const pairs = (function* () {
        for (const n of numbers(MANY)) yield [n, n];
      })();
      const [one, two] = await fanOut(pairs, [tally, tally], { route: "zip", buffer: 0 });
      return (one + two) / 2;
    },
  ],
  ["fanIn", () => tally(fanIn([numbers(MANY / 2), numbers(MANY / 2)]))],
  ["mapConcurrent, awaited", async () => (await mapConcurrent(numbers(MANY), id, { concurrency: 8 })).length],
  ["mapConcurrent, iterated", () => tally(mapConcurrent(numbers(MANY), id, { concurrency: 8 }))],
  ["mapConcurrent, not ordered", () => tally(mapConcurrent(numbers(MANY), id, { concurrency: 8, ordered: false }))],
  ["drive", async () => (await drive(arriving(MANY))).length],
  [
    "limit, one after the other",
    async () => {
      const limited = limit(1);
      let done = 0;
      for (const n of numbers(MANY)) done += (await limited(id, n)) === n ? 1 : 0;
      return done;
    },
  ],
  ["limit, all together", async () => (await limit(16).map(numbers(MANY), id)).length],
  [
    "limit, with a signal",
    async () => {
      const limited = limit(16).with({ signal: new AbortController().signal });
      return (await Promise.all(Array.from({ length: MANY / 4 }, (_, n) => limited(id, n)))).length * 4;
    },
  ],
  [
    "limitFunction",
    async () => {
      const limited = limitFunction(id, { concurrency: 2 });
      let done = 0;
      for (const n of numbers(MANY)) done += (await limited(n)) === n ? 1 : 0;
      return done;
    },
  ],
];

async function* arriving(many: number): AsyncGenerator<number> {
  for (const n of numbers(many)) yield id(n);
}

test.for(structures)("timers run while 200 000 items go through %s", async ([, run]) => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const work = run().finally(() => {
    clearInterval(timer);
  });
  expect(await within(work, 25_000)).toBe(MANY);
  expect(ticks).toBeGreaterThanOrEqual("setImmediate" in globalThis ? 3 : 1); // browsers tick more slowly
});
