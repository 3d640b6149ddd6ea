import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { channel, drive, inspect } from "tailrace";
import type { Channel, Driven } from "tailrace";
import { expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";

nothingIsLeft();

test("the story: lazy uploads that are driven let the send loop before them come to its end", async () => {
  async function* upload(chunks: Channel<string>): AsyncGenerator<number> {
    for await (const chunk of chunks) yield chunk.length;
  }
  const hosts = [channel<string>(), channel<string>(), channel<string>()];
  const uploads = drive(hosts.map((host) => upload(host)));
  for (let i = 0; i < 50; i++) await within(Promise.all(hosts.map((host) => host.send("four"))));
  for (const host of hosts) host.close();
  for await (const sizes of uploads) expect(sizes).toEqual(new Array(50).fill(4));
  expect(await within(uploads)).toHaveLength(3);
});

test("an async iterable is read before anybody asks, and gives everyone all items", async () => {
  let read = 0;
  const items = drive(
    (async function* () {
      for (; read < 100; read++) yield await Promise.resolve(read);
    })(),
  );
  await idle();
  expect(read).toBe(100);
  const expected = Array.from({ length: 100 }, (_, i) => i);
  expect(await within(collect(items))).toEqual(expected);
  expect(await within(items)).toEqual(expected);
});

test("who iterates while items are still coming gets them as they come", async () => {
  const ch = channel<number>();
  const items = drive(ch);
  const seen: number[] = [];
  const loop = (async () => {
    for await (const item of items) seen.push(item);
  })();
  await within(ch.send(1));
  await idle();
  expect(seen).toEqual([1]);
  await within(ch.send(2));
  ch.close();
  await within(loop);
  expect(seen).toEqual([1, 2]);
});

test("streams of Node and of the web are read too", async () => {
  expect(await within(drive(Readable.from([1, 2, 3])))).toEqual([1, 2, 3]);
  expect(await within(drive(new Blob(["ab"]).stream()))).toEqual([new Uint8Array([97, 98])]);
});

test("jobs of every kind start at once; to await gives their results in order of the jobs", async () => {
  const started: string[] = [];
  const lazy: PromiseLike<string> = {
    then: (resolve, reject) => {
      started.push("thenable");
      return sleep(2, "thenable").then(resolve, reject);
    },
  };
  const jobs = drive([
    lazy,
    () => {
      started.push("function");
      return Promise.resolve("function");
    },
    sleep(4, "promise"),
    (async function* () {
      started.push("generator");
      yield 1;
      await sleep(1);
      yield 2;
    })(),
    "value",
  ]);
  expect(started).toEqual(["thenable", "function", "generator"]);
  expect(await within(jobs)).toEqual(["thenable", "function", "promise", [1, 2], "value"]);
});

test("to iterate gives the results of jobs in order of completion", async () => {
  const gates = [channel<string>(), channel<string>(), channel<string>()];
  const jobs = drive(gates.map((gate) => () => gate.receive()));
  const seen = collect(jobs);
  for (const index of [2, 0, 1]) {
    await idle();
    await within(gates[index]?.send(index.toString()) ?? Promise.reject(new Error("no gate")));
  }
  expect(await within(seen)).toEqual(["2", "0", "1"]);
  expect(await within(jobs)).toEqual(["0", "1", "2"]);
});

test("a failure waits quietly until somebody listens, then rejects for everyone", async () => {
  const error = new Error("refused");
  const jobs = drive([
    sleep(1, "fine"),
    () => Promise.reject(error),
    () => {
      throw new Error("later");
    },
  ]);
  const items = drive(
    (async function* () {
      yield await Promise.resolve(1);
      throw error;
    })(),
  );
  const one = drive(() => Promise.reject(error));
  await sleep(5);
  const seen: unknown[] = [];
  await expect(
    within(
      (async () => {
        for await (const item of items) seen.push(item);
      })(),
    ),
  ).rejects.toBe(error);
  expect(seen).toEqual([1]);
  await expect(within(jobs)).rejects.toThrow("later");
  await expect(within(collect(jobs))).rejects.toThrow("later");
  await expect(within(one)).rejects.toBe(error);
});

test("an iterable that fails while it gives jobs is a failure of the whole", async () => {
  const error = new Error("no more");
  const jobs = drive(
    (function* () {
      yield sleep(1);
      throw error;
    })(),
  );
  await expect(within(jobs)).rejects.toBe(error);
});

test("no jobs at all give no results", async () => {
  expect(await within(drive([]))).toEqual([]);
  expect(await within(collect(drive(new Set())))).toEqual([]);
});

test("a lazy thenable is subscribed to once", async () => {
  let runs = 0;
  const query: PromiseLike<number> = { then: (resolve, reject) => Promise.resolve(++runs).then(resolve, reject) };
  const result = drive(query);
  expect(runs).toBe(1);
  expect([await within(result), await within(result)]).toEqual([1, 1]);
});

test("what waits for driven work is named", async () => {
  const ch = channel<number>({ name: "answers" });
  const items = drive(ch, { name: "log" });
  const loop = collect(items);
  const all = Promise.resolve(items);
  const jobs = Promise.resolve(drive([() => ch.receive()], { name: "asking" }));
  await idle();
  expect(
    inspect().waits.map(({ operation, resource, awaits }) => [operation, resource.name, resource.state, awaits]),
  ).toEqual([
    ["receive", "answers", "capacity 0, rendezvous", "an item"],
    ["next", "log", "0 items so far", "the next item"],
    ["receive", "answers", "capacity 0, rendezvous", "an item"],
    ["await", "log", "0 items so far", "the rest"],
    ["await", "asking", "0 of 1 jobs done", "the rest"],
  ]);
  await within(ch.send(1));
  await within(ch.send(2));
  ch.close();
  await within(Promise.all([loop, all, jobs]));
});

test("timers run while an endless iterable is driven", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const end = performance.now() + 3000; // only so that a failure ends
  const items = drive(
    (async function* () {
      while (ticks < 3 && performance.now() < end) yield await Promise.resolve(ticks);
    })(),
  );
  await within(items);
  clearInterval(timer);
  expect(ticks).toBe(3);
});

test.each([
  [5, "5"],
  [null, "null"],
  [undefined, "undefined"],
  [{}, "an object"],
  [true, "true"],
])("%s cannot be driven, and the error says what can", (work, shown) => {
  expect(() => drive(work as never)).toThrow(`work: was given ${shown}, wants an async iterable`);
});

test("results keep their types", () => {
  const text = Promise.resolve("text");
  const items = new Set([text]).values();
  expectTypeOf(drive(text)).toEqualTypeOf<Promise<string>>();
  expectTypeOf(drive(() => text)).toEqualTypeOf<Promise<string>>();
  expectTypeOf(drive(items)).toEqualTypeOf<Driven<string>>();
  async function* flags(): AsyncGenerator<boolean> {
    yield await Promise.resolve(true);
  }
  expectTypeOf(drive(flags())).toEqualTypeOf<Driven<boolean>>();
  const pair = drive([text, () => Promise.resolve(1), flags()]);
  expectTypeOf(pair).resolves.toEqualTypeOf<[string, number, boolean[]]>();
  expectTypeOf(pair).toExtend<AsyncIterable<string | number | boolean[]>>();
  expectTypeOf(drive([1, 2].map((n) => () => Promise.resolve(n)))).resolves.toEqualTypeOf<number[]>();
});
