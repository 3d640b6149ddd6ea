// What a call was given, or has given, is not kept by what it has started: its context lasts as long as that.
import { EMPTY, limit, mvar, pool } from "tailrace";
import { afterEach, expect, test } from "vitest";
import { isCollected } from "../collected.ts";
import { idle } from "../deadline.ts";

const timers: NodeJS.Timeout[] = [];

afterEach(() => {
  for (const timer of timers.splice(0)) clearTimeout(timer);
});

/** A timer that is there until the end of the test. */
function lasting(): void {
  timers.push(setTimeout(() => undefined, 60_000));
}

test("the arguments of a limit's call", async () => {
  const limited = limit(1);
  async function call(): Promise<WeakRef<object>> {
    const given = { big: true };
    await limited(async ({ big }: typeof given) => {
      await idle();
      lasting();
      return big;
    }, given);
    return new WeakRef(given);
  }
  expect(await isCollected(await call())).toBe(true);
});

test("the lease of a pool, and what was made of it", async () => {
  await using numbers = pool({ max: 1, spawn: () => 1 });
  async function call(): Promise<[WeakRef<object>, WeakRef<object>]> {
    let taken: object = {};
    const made = await numbers.use(async (_, lease) => {
      taken = lease;
      await idle();
      lasting();
      return { big: true };
    });
    return [new WeakRef(made), new WeakRef(taken)];
  }
  const [made, lease] = await call();
  expect([await isCollected(made), await isCollected(lease)]).toEqual([true, true]);
});

test("what a box has lent", async () => {
  const box = mvar({ value: { big: true } });
  async function call(): Promise<WeakRef<object>> {
    let ref: WeakRef<object> | undefined;
    await box.modifyMaybe(async (value): Promise<typeof EMPTY> => {
      ref = new WeakRef(value);
      await idle();
      lasting();
      return EMPTY;
    });
    return ref ?? new WeakRef(box);
  }
  expect(await isCollected(await call())).toBe(true);
});
