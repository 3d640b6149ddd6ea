import { AsyncLocalStorage } from "node:async_hooks";
import { EMPTY, limit, mvar, StarvationError } from "tailrace";
import type { MVar } from "tailrace";
import { describe, expect, expectTypeOf, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { callersAreKnown, Gate, tasksAreKnown } from "../tasks.ts";
import { notes } from "./notes.ts";

nothingIsLeft();

const FAILED = new Error("the function failed");
const fail = (): never => {
  throw FAILED;
};

// The first one of the file, because what is the first in a process was once taken for what it is not.
test("who waits outside of the call that has the box is not taken for one that waits for itself", async () => {
  const box = mvar({ value: 1 });
  const gate = new Gate<number>();
  const lent = box.modify(gate.run);
  await idle();
  const waiting = Promise.all(
    [box.take(), box.with((value) => value)].map((one) => one.catch((error: unknown) => error)),
  );
  await idle();
  gate.open(2);
  await within(lent);
  await within(box.put(3));
  expect(await within(waiting)).toEqual([2, 3]);
});

function inner(): number {
  return 1;
}

describe("what a function makes of the value", () => {
  test("with gives its result, and the value is in again", async () => {
    const box = mvar({ value: 2 });
    expect(await within(box.with((value) => value * 10))).toBe(20);
    expect(await within(box.with((value) => Promise.resolve(value.toString())))).toBe("2");
    expect(await within(box.take())).toBe(2);
  });

  test("modify puts in what it makes, and gives that", async () => {
    const box = mvar({ value: 2 });
    expect(await within(box.modify((value) => value + 1))).toBe(3);
    expect(await within(box.modify((value) => Promise.resolve(value + 1)))).toBe(4);
    expect(await within(box.take())).toBe(4);
  });

  test("modifyMaybe leaves it empty if it is told to", async () => {
    const box = mvar({ value: 2 });
    expect(await within(box.modifyMaybe((value) => value + 1))).toBe(3);
    expect(await within(box.modifyMaybe(() => Promise.resolve(EMPTY)))).toBe(EMPTY);
    expect(await within(box.isEmpty())).toBe(true);
  });

  test("modifyMaybe that leaves it empty lets those go on who put, and then those who take", async () => {
    const box = mvar({ value: 1 });
    const gate = new Gate<typeof EMPTY>();
    const lent = box.modifyMaybe(gate.run);
    const puts = [box.put(2), box.put(3)];
    const takes = [box.read(), box.take(), box.take()];
    gate.open(EMPTY);
    expect(await within(Promise.all(takes))).toEqual([2, 2, 3]);
    expect(await within(Promise.all([lent, ...puts]))).toEqual([EMPTY, undefined, undefined]);
  });

  test.each<[string, (box: MVar<number>) => Promise<unknown>]>([
    ["with", (box) => box.with(fail)],
    ["with, later", (box) => box.with(() => Promise.reject(FAILED))],
    ["modify", (box) => box.modify(fail)],
    ["modify, later", (box) => box.modify(() => Promise.reject(FAILED))],
    ["modifyMaybe", (box) => box.modifyMaybe(fail)],
    ["modifyMaybe, later", (box) => box.modifyMaybe(() => Promise.reject(FAILED))],
  ])("is not put in if it throws, but what was there before: %s", async (_, operation) => {
    const box = mvar({ value: 2 });
    await expect(within(operation(box))).rejects.toBe(FAILED);
    expect(await within(box.take())).toBe(2);
    const waiting = operation(box);
    await within(box.put(3));
    await expect(within(waiting)).rejects.toBe(FAILED);
    expect(await within(box.take())).toBe(3);
  });

  test("is of its type", () => {
    expectTypeOf(mvar({ value: 1 })).toEqualTypeOf<MVar<number>>();
    expectTypeOf(mvar<string>()).toEqualTypeOf<MVar<string>>();
    const box = mvar({ value: 1 });
    expectTypeOf(() => box.with((value) => [Promise.resolve(value)])).returns.toEqualTypeOf<
      Promise<Promise<number>[]>
    >();
    expectTypeOf(() => box.with(async (value) => Promise.resolve(value))).returns.toEqualTypeOf<Promise<number>>();
    expectTypeOf(() => box.take()).returns.toEqualTypeOf<Promise<number>>();
    expectTypeOf(() => box.tryTake()).returns.toEqualTypeOf<Promise<number | typeof EMPTY>>();
    // @ts-expect-error -- that is no number
    expectTypeOf(() => box.put("1")).toBeFunction();
    // @ts-expect-error -- nor is that
    expectTypeOf(() => box.modify(() => EMPTY)).toBeFunction();
  });
});

describe("while it is lent", () => {
  test("it is empty for those who take, and closed to those who put", async () => {
    const box = mvar({ value: 1 });
    const gate = new Gate<number>();
    const lent = box.modify(gate.run);
    expect([await box.tryTake(), await box.tryRead(), await box.trySwap(5)]).toEqual([EMPTY, EMPTY, EMPTY]);
    expect([await box.tryPut(5), await box.isEmpty()]).toEqual([false, true]);
    const { told, note } = notes();
    const all = [
      note("put 7", box.put(7)),
      note("take", box.take()),
      note(
        "lent",
        box.with((value) => value),
      ),
      note("read", box.read()),
    ];
    const last = note("put 8", box.put(8));
    await idle();
    expect(told).toEqual([]);
    gate.open(2);
    expect(await within(lent)).toBe(2);
    await within(Promise.all(all));
    // Who waits for a value comes before who puts another one, and who reads before who takes.
    expect(told).toEqual(["read 2", "take 2", "put 7", "lent 7"]);
    expect(await within(box.take())).toBe(7);
    await within(last);
    expect(await within(box.take())).toBe(8);
  });

  test("nobody else is in it, however many want to be", async () => {
    const box = mvar({ value: 0 });
    let inside = 0;
    const calls = range(50).map((nth) =>
      box.modify(async (value) => {
        expect(++inside).toBe(1);
        if (nth % 2 === 0) await idle();
        inside--;
        if (nth % 10 === 3) throw FAILED;
        return value + 1;
      }),
    );
    const results = await within(Promise.allSettled(calls), 20_000);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(45);
    expect(await within(box.take())).toBe(45);
  });

  test("the patience of who called is over: the call goes on to its end", async () => {
    const box = mvar({ value: 1 });
    const controller = new AbortController();
    const gate = new Gate<number>();
    const lent = box.modify(gate.run, { signal: controller.signal, timeout: 1 });
    await idle();
    controller.abort();
    const later = box.take();
    gate.open(2);
    expect(await within(lent)).toBe(2);
    expect(await within(later)).toBe(2);
  });

  test("the function has the context of who called, wherever it was served", async () => {
    const storage = new AsyncLocalStorage<string>();
    const box = mvar<number>();
    const calls = ["a", "b"].map((name) => storage.run(name, () => box.with(() => storage.getStore())));
    await storage.run("c", () => within(box.put(1)));
    expect(await within(Promise.all(calls))).toEqual(["a", "b"]);
    expect(await within(storage.run("d", () => box.with(() => storage.getStore())))).toBe("d");
    expect(storage.getStore()).toBeUndefined();
  });
});

describe.runIf(callersAreKnown)("who waits for a box that is lent to itself", () => {
  const nested: [string, (box: MVar<number>) => Promise<unknown>][] = [
    ["take", (box) => box.take()],
    ["read", (box) => box.read()],
    ["swap", (box) => box.swap(5)],
    ["put", (box) => box.put(5)],
    ["inner", (box) => box.with(inner)],
    [
      "again",
      (box) =>
        box.modify(function again(value) {
          return value;
        }),
    ],
  ];
  test.each(nested)("is refused at once: %s", async (name, operation) => {
    const box = mvar({ value: 1, name: "account" });
    const call = box.with(async function transfer() {
      await operation(box);
    });
    await expect(within(call)).rejects.toThrow(
      new StarvationError(
        `the call of "${name}" waits for a turn of mvar "account" (lent to "transfer", 1 waiting) inside the call of ` +
          '"transfer", which keeps it until this call is done',
      ),
    );
    expect(await within(box.take())).toBe(1);
  });

  test("is refused also if it had to wait for the box itself, and the others go on", async () => {
    const box = mvar<number>({ name: "account" });
    const calls = range(3).map((nth) =>
      box.modify(async (value) => {
        await idle();
        if (nth === 1) await box.take();
        return value + 1;
      }),
    );
    await within(box.put(0));
    const results = await within(Promise.allSettled(calls));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await within(box.take())).toBe(2);
  });

  test("is not refused if it does not wait for that before it ends", async () => {
    const box = mvar({ value: 1 });
    const started: Promise<unknown>[] = [];
    await within(
      box.with(() => {
        started.push(
          box.put(7),
          box.take(),
          box.with((value) => value),
        );
      }),
    );
    await within(Promise.all(started));
    expect(await within(box.take())).toBe(7);
  });

  test("is not refused if something else is enough for it", async () => {
    const box = mvar({ value: 1 });
    const controller = new AbortController();
    const raced = box.with(() => Promise.race([box.take({ signal: controller.signal }), idle()]));
    expect(await within(raced)).toBeUndefined();
    controller.abort();
    expect(await within(box.tryTake())).toBe(EMPTY);
  });

  test("may take what is in another box", async () => {
    const [one, other] = [mvar({ value: 1 }), mvar<number>()];
    const sum = one.with(async (value) => value + (await other.take()));
    await idle();
    await within(other.put(2));
    expect(await within(sum)).toBe(3);
  });
});

describe.runIf(tasksAreKnown)("boxes that are taken in different orders", () => {
  test("the call that closes the knot is refused, and the other one goes on", async () => {
    const [a, b] = [mvar({ value: 1, name: "a" }), mvar({ value: 2, name: "b" })];
    const one = a.with(async function holdsA(value) {
      await idle();
      return value + (await b.read());
    });
    const two = b.with(async function holdsB() {
      await idle();
      await idle();
      return a.with(inner);
    });
    const [first, second] = await within(Promise.allSettled([one, two]));
    expect(first).toEqual({ status: "fulfilled", value: 3 });
    expect(second).toMatchObject({
      reason: new StarvationError(
        'the call of "inner" waits for a turn of mvar "a" (lent to "holdsA", 1 waiting), which the call of "holdsA" ' +
          'keeps until it gets a turn of mvar "b" (lent to "holdsB", 1 waiting), which the call of "holdsB" keeps until ' +
          "this call is done",
      ),
    });
  });

  test("a box and a limit", async () => {
    const [box, limited] = [mvar({ value: 1 }), limit(1)];
    const one = box.with(async () => {
      await idle();
      return limited(() => "one");
    });
    const two = limited(async () => {
      await idle();
      return box.take();
    });
    const results = await within(Promise.allSettled([one, two]));
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("a box that is not lent may be filled by anybody, so it is waited for", async () => {
    const [a, b] = [mvar({ value: 1 }), mvar<number>()];
    const one = a.with(() => b.take());
    const two = a.take();
    await idle();
    await within(b.put(2));
    expect(await within(Promise.all([one, two]))).toEqual([2, 1]);
  });

  test("what a call has started, and what goes on after it, keeps nobody from the box", async () => {
    const [a, b, c] = [mvar({ value: 1 }), mvar<number>(), mvar({ value: 3 })];
    const started: Promise<number>[] = [];
    await within(
      a.with(async () => {
        started.push((async () => await b.take())());
        await idle();
      }),
    );
    const gate = new Gate();
    const lent = a.with(gate.run);
    const nested = c.with(() => a.take());
    await idle();
    gate.open();
    expect(await within(nested)).toBe(1);
    await within(Promise.all([lent, b.put(2)]));
    expect(await within(Promise.all(started))).toEqual([2]);
  });

  test("a call in between that was only started keeps nobody", async () => {
    const [a, b] = [mvar({ value: 1 }), mvar({ value: 2 })];
    const started: Promise<number>[] = [];
    await within(
      a.with(async () => {
        started.push(b.with(() => a.take()));
        await idle();
      }),
    );
    expect(await within(Promise.all(started))).toEqual([1]);
  });

  test.each(["served", "given up"])("who was kept goes on, once the wait inside is %s", async (how) => {
    const [a, b] = [mvar({ value: 1 }), mvar<number>()];
    const [controller, gate] = [new AbortController(), new Gate()];
    const one = a.with(async () => {
      await b.take({ signal: controller.signal }).catch(() => undefined);
      await gate.opened;
    });
    await idle();
    if (how === "served") await within(b.put(2));
    else controller.abort();
    await within(b.put(3));
    const two = b.with(() => a.take());
    await idle();
    gate.open();
    expect(await within(Promise.all([one, two]))).toEqual([undefined, 1]);
  });
});
