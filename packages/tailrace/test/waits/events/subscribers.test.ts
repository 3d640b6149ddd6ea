import { channel as diagnosticsChannel } from "node:diagnostics_channel";
import { channel, inspect, limit, scope } from "tailrace";
import type { Stall } from "tailrace";
import { expect, test } from "vitest";
import { publishStall } from "../../../src/waits/events.ts";
import { idle, within } from "../../deadline.ts";
import { nothingIsLeft } from "../../leftovers.ts";
import { Gate } from "../../tasks.ts";
import { Heard, NAMES, on, unsubscribeAll } from "./heard.ts";

nothingIsLeft();
unsubscribeAll();

test("who subscribes late is told of ends only, and finds what has begun in the snapshot", async () => {
  const [jobs, gate] = [channel<number>({ name: "jobs" }), new Gate()];
  const received = jobs.receive();
  const limited = limit(1, { name: "db" });
  const calls = [limited(gate.run), limited(() => 2)];
  const work = scope((s) => void s.spawn(gate.run, { name: "work" }), { name: "main" });
  await idle();
  const heard = new Heard();
  const { resources, tasks } = inspect();
  await within(jobs.send(1));
  gate.open();
  await within(Promise.all([received, work, ...calls]));
  expect(heard.waitBegins).toEqual([]);
  expect(new Set(heard.waitEnds.map(({ resource }) => resource.id))).toEqual(new Set(resources.map(({ id }) => id)));
  const known = tasks.map(({ id }) => id);
  expect(heard.taskEnds.filter(({ kind }) => kind !== "call").map(({ id }) => known.includes(id))).toEqual([
    true,
    true,
  ]);
  // The call that ran already was not watched.
  expect(heard.taskEnds.filter(({ kind }) => kind === "call")).toHaveLength(1);
  for (const { duration } of heard.waitEnds) expect(duration).toBeGreaterThanOrEqual(0);
});

test("nothing is told after the subscription has ended, and to somebody else still", async () => {
  const jobs = channel<number>();
  let [ended, going] = [0, 0];
  const stop = on("tailrace:wait:begin", () => {
    ended++;
  });
  on("tailrace:wait:begin", () => {
    going++;
  });
  for (let round = 0; round < 3; round++) {
    const received = jobs.receive();
    await within(jobs.send(round));
    await within(received);
    stop();
  }
  expect([ended, going]).toEqual([1, 3]);
});

test("the times are exact if somebody is told how long it took, also late in a turn of the event loop", async () => {
  on("tailrace:wait:end", () => undefined);
  on("tailrace:task:end", () => undefined);
  const begins: number[] = [];
  on("tailrace:wait:begin", ({ since }) => void begins.push(since));
  on("tailrace:task:begin", ({ began }) => void begins.push(began));
  const [busy, jobs] = [channel<number>({ capacity: 1 }), channel<number>()];
  // The clock is read …
  for (let round = 0; round < 100; round++) {
    await busy.send(round);
    await busy.receive();
  }
  const end = performance.now() + 20;
  while (performance.now() < end); // … and goes on meanwhile
  const received = jobs.receive();
  await within(jobs.send(1));
  await within(scope((s) => void s.spawn(() => received)));
  expect(begins.length).toBeGreaterThanOrEqual(3);
  for (const begin of begins) expect(begin).toBeGreaterThanOrEqual(end);
});

test("a subscriber that throws is an uncaught exception of its own, and changes nothing", async () => {
  const others = process.listeners("uncaughtException");
  const uncaught: unknown[] = [];
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => void uncaught.push(error));
  try {
    const errors = NAMES.map((name) => {
      const error = new Error(name);
      on(name, () => {
        throw error;
      });
      return error;
    });
    const [jobs, limited] = [channel<number>(), limit(1)];
    const results = within(
      scope(async (s) => {
        const received = s.spawn(() => jobs.receive());
        await jobs.send(1);
        return Promise.all([received, limited(() => 2), limited(() => 3)]);
      }),
    );
    expect(await results).toEqual([1, 2, 3]);
    await idle();
    expect(new Set(uncaught)).toEqual(new Set(errors.slice(0, 4)));
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const other of others) process.on("uncaughtException", other);
  }
});

test("a subscriber sees the wait in the registry when it begins, and no more when it has ended", async () => {
  const counts: number[] = [];
  const count = (): void => void counts.push(inspect().waits.length);
  on("tailrace:wait:begin", count);
  on("tailrace:wait:end", count);
  const jobs = channel<number>();
  const received = jobs.receive();
  await within(jobs.send(1));
  await within(received);
  expect(counts).toEqual([1, 0]);
});

test("a stall is told to those who subscribe", () => {
  const stalls: Stall[] = [];
  on("tailrace:stall", (event) => void stalls.push(event));
  const stall: Stall = { verdict: "deadlock", message: "nothing can go on", waits: inspect().waits };
  publishStall(stall);
  expect(stalls).toEqual([stall]);
});

test("nobody subscribes by itself", () => {
  for (const name of NAMES) expect(diagnosticsChannel(name).hasSubscribers, name).toBe(false);
});
