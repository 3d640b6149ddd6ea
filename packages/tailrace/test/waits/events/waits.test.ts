import { setTimeout as sleep } from "node:timers/promises";
import {
  channel,
  ChannelClosedError,
  fanOut,
  inspect,
  limit,
  rate,
  receiveFrom,
  scope,
  select,
  sendTo,
  TimeoutError,
  waiting,
} from "tailrace";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idle, within } from "../../deadline.ts";
import { each } from "../../items.ts";
import { nothingIsLeft } from "../../leftovers.ts";
import { Gate, tasksAreKnown } from "../../tasks.ts";
import { Heard, match, unsubscribeAll } from "./heard.ts";

nothingIsLeft();
unsubscribeAll();

describe("a wait is told of when it begins and when it ends", () => {
  let heard: Heard;
  beforeEach(() => {
    heard = new Heard();
  });
  afterEach(() => {
    match(heard.waitBegins, heard.waitEnds);
  });

  test("a receive and a send of a channel, not those that need not wait", async () => {
    const jobs = channel<number>({ name: "jobs" });
    const received = jobs.receive();
    expect(heard.waitBegins).toEqual([
      {
        id: expect.any(Number) as number,
        operation: "receive",
        resource: { id: inspect().resources[0]?.id, kind: "channel", name: "jobs" },
        since: inspect().waits[0]?.since,
      },
    ]);
    await within(jobs.send(1));
    await within(received);
    const sent = jobs.send(2);
    await within(jobs.receive());
    await within(sent);
    expect(heard.told).toEqual([
      "receive on jobs waits",
      "receive on jobs goes on",
      "send on jobs waits",
      "send on jobs goes on",
    ]);
    expect(heard.waitEnds.some((event) => "error" in event)).toBe(false);
  });

  test("each turn of a loop over a channel that finds nothing", async () => {
    const jobs = channel<number>({ name: "jobs" });
    const read = (async () => {
      let sum = 0;
      for await (const job of jobs) sum += job;
      return sum;
    })();
    await idle();
    await within(jobs.send(1));
    await idle();
    jobs.close();
    expect(await within(read)).toBe(1);
    expect(heard.waitEnds.map(({ operation, error }) => [operation, error])).toEqual([
      ["receive", undefined],
      ["receive", undefined],
    ]);
  });

  test("every case of a select", async () => {
    const [jobs, out] = [channel<number>({ name: "jobs" }), channel<number>({ name: "out" })];
    const chosen = select([receiveFrom(jobs), sendTo(out, 1)]);
    await within(jobs.send(1));
    await within(chosen);
    expect(heard.told.slice(0, 2)).toEqual(["receive on jobs waits", "send on out waits"]);
    expect(heard.told.slice(2).sort()).toEqual(["receive on jobs goes on", "send on out goes on"]);
  });

  test("one that gives up, with the error", async () => {
    const jobs = channel<number>({ name: "jobs" });
    const stop = new AbortController();
    const reason = new Error("not wanted any more");
    const errors = Promise.all(
      [jobs.receive({ timeout: 5 }), jobs.receive({ signal: stop.signal }), jobs.receive()].map((refused) =>
        refused.catch((error: unknown) => error),
      ),
    );
    stop.abort(reason);
    await sleep(50);
    jobs.close();
    const [late, aborted, closed] = await within(errors);
    expect(heard.waitEnds.map(({ error }) => error)).toEqual([aborted, late, closed]);
    expect(aborted).toBe(reason);
    expect(late).toBeInstanceOf(TimeoutError);
    expect(closed).toBeInstanceOf(ChannelClosedError);
  });

  test("what is told to the registry, and what that fails with", async () => {
    const [gate, error] = [new Gate(), new Error("connection reset")];
    const replies = [waiting("reply", gate.opened, { resource: "job server" }), waiting("pause", Promise.resolve())];
    gate.fail(error);
    await within(Promise.allSettled(replies));
    expect(heard.waitEnds.map(({ operation, resource, error }) => [operation, resource.name, error])).toEqual(
      [
        ["reply", "job server", error],
        ["pause", "pause", undefined],
      ].reverse(),
    );
  });

  test("an await of a task, a start, and the end of a scope", async () => {
    await within(
      scope(
        async (s) => {
          const task = s.spawn(() => idle(), { name: "work" });
          await s.start<number>(
            async ({ ready }) => {
              await idle();
              ready(1);
            },
            { name: "server" },
          );
          await task;
          s.spawn(() => idle(), { name: "last" });
        },
        { name: "main" },
      ),
    );
    const [begin] = heard.waitBegins;
    expect(begin).toMatchObject({ operation: "start", resource: { kind: "task", name: "server" } });
    expect(begin?.resource.id).toBe(heard.taskBegins.find(({ name }) => name === "server")?.id);
    expect(heard.told).toContain("leave on main waits");
    expect(heard.told.at(-2)).toBe("leave on main goes on");
    expect(heard.told.at(-1)).toBe("scope main succeeded");
  });

  test("each of the calls of a limit or of a rate, whether plain or not", async () => {
    const [limited, gate] = [limit(1, { name: "db" }), new Gate()];
    const calls = [limited(gate.run), limited(() => 2), limited.with({ timeout: 1000 })(() => 3), limited(() => 4)];
    const waits = inspect().waits.map(({ resource, since }) => ({ resource: resource.id, since }));
    expect(heard.waitBegins.map(({ resource, since }) => ({ resource: resource.id, since }))).toEqual(waits);
    gate.open();
    await within(Promise.all(calls));
    const polite = rate({ per: 1, interval: 5, name: "api" });
    await within(Promise.all([polite(() => 1), polite(() => 2)]));
    expect(
      heard.waitBegins.map(({ operation, resource }) => `${operation} on ${resource.kind} ${resource.name}`),
    ).toEqual(["call on limit db", "call on limit db", "call on limit db", "call on rate api"]);
    expect(heard.waitEnds.slice(0, 3).map(({ id }) => id)).toEqual(heard.waitBegins.slice(0, 3).map(({ id }) => id));
  });

  test("calls that are cleared, with the error", async () => {
    const [limited, gate] = [limit(1, { name: "db" }), new Gate()];
    const calls = [limited(gate.run), limited(() => 2), limited.with({ timeout: 1000 })(() => 3)];
    limited.clearQueue();
    gate.open();
    await within(Promise.allSettled(calls));
    expect(heard.waitEnds).toMatchObject([{ error: { name: "AbortError" } }, { error: { name: "AbortError" } }]);
    expect(heard.taskBegins).toHaveLength(1);
  });

  test("those of a fan-out: of its sinks for items, and of its source for its sinks", async () => {
    const items = channel<number>({ name: "items" });
    const gate = new Gate();
    const done = fanOut(
      items,
      {
        quick: (numbers) => each(numbers, idle),
        slow: (numbers) => each(numbers, gate.run),
      },
      { name: "copy", buffer: 0 },
    );
    await idle();
    for (const item of [1, 2]) await within(items.send(item));
    gate.open();
    items.close();
    await within(done);
    for (const wait of ["next on copy waits", "send on slow waits", "pull on copy waits", "finish on copy waits"]) {
      expect(heard.told).toContain(wait);
    }
  });

  test("a record that waits again has another number", async () => {
    const jobs = channel<number>({ name: "jobs" });
    const gates = [new Gate(), new Gate()];
    await within(
      scope(async (s) => {
        s.spawn(() => jobs.receive());
        for (const gate of gates) setTimeout(gate.open, 2);
        await idle();
        await jobs.send(1);
      }),
    );
    expect(new Set(heard.waitBegins.map(({ id }) => id)).size).toBe(heard.waitBegins.length);
  });

  test.runIf(tasksAreKnown)("one in a task has its name and its number", async () => {
    const jobs = channel<number>({ name: "jobs" });
    await within(
      scope(async (s) => {
        s.spawn(() => jobs.receive(), { name: "poll" });
        await idle();
        const task = inspect().tasks.find(({ kind }) => kind === "task");
        expect(heard.waitBegins.find(({ operation }) => operation === "receive")).toMatchObject({
          task: "poll",
          waiter: task?.id,
        });
        await jobs.send(1);
      }),
    );
  });
});
