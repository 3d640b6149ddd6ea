import { channel, EarlyExitError, fanOut } from "tailrace";
import type { TaskContext } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { collect, range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { counted, witness } from "./sinks.ts";

nothingIsLeft();

/** A sink that returns after so many items. */
function leaving(after: number) {
  return async (items: AsyncIterable<number>): Promise<number> => {
    let taken = 0;
    for await (const item of items) if ((taken += Math.sign(item + 1)) === after) break;
    return taken;
  };
}

describe.each([0, 1, 16])("with buffer %i", (buffer) => {
  test("continue: the others get everything, and the one that left holds nobody up", async () => {
    const out = fanOut(counted(100).items, { some: leaving(3), all: collect<number> }, { buffer });
    expect(await within(out)).toEqual({ some: 3, all: range(100) });
    expect(out.sinks[0]).toMatchObject({ status: "succeeded", delivered: 3, dropped: 97, lag: 0 });
  });

  test("continue: a sink that breaks off and works on holds nobody up", async () => {
    const gate = channel<"go">();
    const works = async (items: AsyncIterable<number>): Promise<string> => {
      for await (const item of items) if (item === 2) break;
      return gate.receive();
    };
    const out = fanOut(counted(100).items, { works, all: collect<number> }, { buffer });
    await idle();
    expect(out.sinks[1]).toMatchObject({ status: "succeeded", delivered: 100 });
    await within(gate.send("go"));
    expect(await within(out)).toEqual({ works: "go", all: range(100) });
  });

  test("continue: when all have left, the source is closed and the fan-out is done", async () => {
    const { items, state } = counted(1e9);
    expect(await within(fanOut(items, [leaving(3), leaving(50)], { buffer }))).toEqual([3, 50]);
    expect(state.closed).toBe(true);
    expect(state.pulled).toBeLessThanOrEqual(50 + buffer + 2);
  });

  test("stop: the source is closed, and the others come to a normal end with what is held for them", async () => {
    const { items, state } = counted(1e9);
    const { run, seen } = witness<number>();
    const out = fanOut(items, { first: leaving(5), rest: run }, { buffer, onExit: "stop" });
    expect(await within(out)).toEqual({ first: 5, rest: undefined });
    expect(seen.ending).toBe("end");
    expect(seen.reason).toBeUndefined();
    expect(seen.items).toEqual(range(seen.items.length));
    expect(state.closed).toBe(true);
    expect(seen.items.length).toBe(out.sinks[1]?.delivered);
  });

  test("stop: a sink that fails after it broke off is a failure, not an exit", async () => {
    const error = new Error("checksum");
    const breaks = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const item of items) if (item === 2) break;
      await idle();
      throw error;
    };
    const { run, seen } = witness<number>();
    await expect(within(fanOut(counted(1e9).items, [breaks, run], { buffer, onExit: "stop" }))).rejects.toBe(error);
    expect(seen.ending).toBe("error");
  });

  test("fail: the fan-out fails as soon as an item is lost", async () => {
    const { items, state } = counted(1e9);
    const { run, seen } = witness<number>();
    const out = fanOut(items, { first: leaving(5), rest: run }, { buffer, onExit: "fail" });
    await expect(within(out)).rejects.toThrow('sink "first" returned although there were more items for it');
    await expect(out).rejects.toMatchObject({ name: "EarlyExitError", code: "TAILRACE_EARLY_EXIT", sink: "first" });
    expect(seen.ending).toBe("error");
    expect(state.closed).toBe(true);
  });

  test.each(["continue", "stop", "fail"] as const)(
    "%s: to return with the last item is no early exit",
    async (onExit) => {
      const out = fanOut(counted(5).items, [leaving(5), collect<number>], { buffer, onExit });
      expect(await within(out)).toEqual([5, range(5)]);
    },
  );
});

test("who still asks for items when the sink has returned gets an error, not an end: some are missing", async () => {
  let body: Promise<unknown> | undefined;
  const careless = async (items: AsyncIterable<number>): Promise<string> => {
    body = collect(items);
    body.catch(() => undefined);
    await idle();
    return "response";
  };
  const gate = channel<"go">();
  const slow = async (items: AsyncIterable<number>): Promise<void> => {
    for await (const item of items) if (item === 10) await gate.receive();
  };
  const out = fanOut(counted(100).items, { careless, slow }, { buffer: 2 });
  await idle();
  await idle();
  await expect(within(body ?? Promise.resolve())).rejects.toBeInstanceOf(EarlyExitError);
  await expect(body).rejects.toThrow('sink "careless" has returned and gets no more items');
  await within(gate.send("go"));
  expect(await within(out)).toEqual({ careless: "response", slow: undefined });
});

test("a sink iterates once: a second loop finds nothing", async () => {
  const twice = async (items: AsyncIterable<number>): Promise<number[][]> => {
    const first: number[] = [];
    for await (const item of items) {
      first.push(item);
      if (item === 1) break;
    }
    return [first, await collect(items)];
  };
  expect(await within(fanOut(range(5), [twice, collect<number>]))).toEqual([[[0, 1], []], range(5)]);
});

test("a source that does not answer cannot keep a fan-out that all sinks have left, nor harm it later", async () => {
  let answer = (): void => undefined;
  const steps = [Promise.resolve({ value: 1, done: false }), new Promise<never>(() => undefined)];
  const source: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({
      next: () => steps.shift() ?? Promise.reject(new Error("asked too often")),
      return: () =>
        new Promise((_, reject) => {
          answer = () => {
            reject(new Error("too late"));
          };
        }),
    }),
  };
  let signal: AbortSignal | undefined;
  const leaves = async (items: AsyncIterable<number>, task: TaskContext): Promise<string> => {
    signal = task.signal;
    for await (const item of items) {
      expect(item).toBe(1);
      await idle();
      break;
    }
    return "left";
  };
  const out = fanOut(source, [leaves], { grace: 5 });
  expect(await within(out)).toEqual(["left"]);
  answer();
  await idle();
  expect(signal?.aborted).toBe(false);
  expect(await out).toEqual(["left"]);
});
