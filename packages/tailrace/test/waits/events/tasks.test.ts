import { AsyncLocalStorage } from "node:async_hooks";
import { channel as diagnosticsChannel } from "node:diagnostics_channel";
import { channel, fanOut, inspect, limit, openScope, scope, SlowSinkError, UnpolledSinkError } from "tailrace";
import type { TaskBegin } from "tailrace";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { idle, within } from "../../deadline.ts";
import { each, tally } from "../../items.ts";
import { nothingIsLeft } from "../../leftovers.ts";
import { callersAreKnown, Gate, tasksAreKnown, untilAborted } from "../../tasks.ts";
import { Heard, match, unsubscribeAll } from "./heard.ts";

nothingIsLeft();
unsubscribeAll();

describe("a task is told of when it begins and when it ends", () => {
  let heard: Heard;
  beforeEach(() => {
    heard = new Heard();
  });
  afterEach(() => {
    match(heard.taskBegins, heard.taskEnds);
  });

  test("those of a scope, in it, with their numbers, and how they end", async () => {
    const error = new Error("disk full");
    const failed = scope(
      async (s) => {
        s.spawn(() => "done", { name: "quick" });
        s.spawn(untilAborted, { name: "long" });
        await idle();
        const state = ({ id, kind, name, parent, began }: TaskBegin) => ({ id, kind, name, parent, began });
        const running = inspect().tasks.filter(({ name }) => name !== "quick");
        expect(running.map(state)).toEqual(
          expect.arrayContaining(heard.taskBegins.filter(({ name }) => name !== "quick").map(state)),
        );
        s.spawn(
          () => {
            throw error;
          },
          { name: "write" },
        );
      },
      { name: "main" },
    );
    await expect(within(failed)).rejects.toBe(error);
    expect(heard.told.filter((line) => !line.includes(" on "))).toEqual([
      "scope main begins",
      "task quick begins",
      "task long begins",
      "task quick succeeded",
      "task write begins",
      "task write failed",
      "task long aborted",
      "scope main failed",
    ]);
    const main = heard.taskBegins[0]?.id;
    expect(heard.taskEnds.map(({ name, parent, error }) => [name, parent, error])).toEqual([
      ["quick", main, undefined],
      ["write", main, error],
      ["long", main, error],
      ["main", undefined, error],
    ]);
  });

  test("not one that never runs, because its scope has aborted", async () => {
    await within(
      scope((s) => {
        s.abort();
        s.spawn(() => 1, { name: "late" });
      }),
    );
    expect(heard.taskBegins.map(({ kind }) => kind)).toEqual(["scope"]);
  });

  test("a scope for a block, and one that is aborted from outside", async () => {
    {
      await using block = openScope({ name: "block" });
      expect(block.name).toBe("block");
    }
    const stop = new AbortController();
    const stopped = scope((s) => void s.spawn(untilAborted, { name: "long" }), { name: "main", signal: stop.signal });
    stop.abort();
    await expect(within(stopped)).rejects.toThrow();
    expect(heard.taskEnds.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "block succeeded",
      "long aborted",
      "main aborted",
    ]);
  });

  test("the functions that a limit calls, plain or not, at once or not", async () => {
    const limited = limit(2, { name: "db" });
    const error = new Error("no such table");
    const fail = (): never => {
      throw error;
    };
    let asked = 0;
    const lazy: PromiseLike<string> = {
      then(onFulfilled) {
        asked++;
        return Promise.resolve("row").then(onFulfilled);
      },
    };
    async function query(): Promise<void> {
      await idle();
    }
    const calls = [
      limited(query),
      limited.with({ weight: 2, name: "vacuum" })(query),
      limited(function now() {
        return 1;
      }),
      limited(fail),
      limited(async function later() {
        await idle();
        throw error;
      }),
      limited(function find() {
        return lazy;
      }),
    ];
    const results = await within(Promise.allSettled(calls));
    expect(results.map(({ status }) => status[0]).join("")).toBe("fffrrf");
    expect(asked).toBe(1);
    expect(heard.taskBegins.map(({ name }) => name)).toEqual(["query", "vacuum", "now", "fail", "later", "find"]);
    const ends = heard.taskEnds.map(({ kind, name, status, error }) => [kind, name, status, error]);
    expect(ends).toEqual(
      expect.arrayContaining([
        ["call", "query", "succeeded", undefined],
        ["call", "vacuum", "succeeded", undefined],
        ["call", "now", "succeeded", undefined],
        ["call", "fail", "failed", error],
        ["call", "later", "failed", error],
        ["call", "find", "succeeded", undefined],
      ]),
    );
  });

  test.runIf(callersAreKnown && tasksAreKnown)("a call in a task is told to be in it", async () => {
    const [limited, jobs] = [limit(1, { name: "db" }), channel<number>()];
    await within(
      scope(async (s) => {
        s.spawn(() => limited(() => jobs.receive()), { name: "poll" });
        await idle();
        const call = inspect().tasks.find(({ kind }) => kind === "call");
        expect(call).toMatchObject(heard.taskBegins.find(({ kind }) => kind === "call") ?? {});
        expect(call?.parent).toBe(heard.taskBegins.find(({ name }) => name === "poll")?.id);
        await jobs.send(1);
      }),
    );
  });

  test("the sinks of a fan-out, and how they end", async () => {
    const source = async function* (): AsyncGenerator<number> {
      for (let item = 0; item < 3; item++) {
        yield item;
        await idle();
      }
    };
    const gate = new Gate();
    const done = fanOut(source(), {
      all: tally,
      slow: {
        slow: { evictAfter: 5 },
        capacity: 0,
        run: (items: AsyncIterable<number>) => each(items, gate.run),
      },
    });
    await within(done);
    gate.open();
    expect(heard.taskEnds.map(({ kind, name, status }) => `${kind} ${name} ${status}`)).toEqual([
      "sink slow evicted",
      "sink all succeeded",
    ]);
    expect(heard.taskEnds[0]?.error).toBeInstanceOf(SlowSinkError);
    const failed = fanOut([1], {
      forgetful: () => Promise.resolve(),
      patient: tally,
    });
    await expect(within(failed)).rejects.toThrow(UnpolledSinkError);
    await idle();
    expect(heard.taskEnds.slice(2).map(({ name, status }) => `${name} ${status}`)).toEqual([
      "forgetful failed",
      "patient aborted",
    ]);
  });

  test("what is bound to the channel is there in the task, and in what that starts", async () => {
    const store = new AsyncLocalStorage<string>();
    const begins = diagnosticsChannel("tailrace:task:begin");
    begins.bindStore(store, (event) => (event as TaskBegin).name);
    onTestFinished(() => {
      begins.unbindStore(store);
    });
    const seen: (string | undefined)[] = [];
    const look = async (): Promise<void> => {
      await idle();
      seen.push(store.getStore());
    };
    const limited = limit(1);
    await within(
      scope(
        async (s) => {
          await look();
          await s.spawn(look, { name: "task" });
          await limited(look);
        },
        { name: "main" },
      ),
    );
    await within(
      fanOut([1], {
        sink: (items) => each(items, look),
      }),
    );
    expect(seen).toEqual(["main", "task", "look", "sink"]);
    expect(store.getStore()).toBeUndefined();
  });
});
