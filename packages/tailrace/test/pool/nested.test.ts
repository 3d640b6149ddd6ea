import { limit, pool, report, scope, StarvationError } from "tailrace";
import type { Pool } from "tailrace";
import { describe, expect, test } from "vitest";
import { idle, within } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate, tasksAreKnown } from "../tasks.ts";

nothingIsLeft();

async function poolOf(max: number): Promise<Pool<object>> {
  const made = pool({ name: "db", max, spawn: () => ({}), acquireTimeout: Infinity });
  await within(made.ready());
  return made;
}

const inner = (): number => 1;

// The first one of the file, because what is the first in a process was once taken for what it is not.
test("who waits outside of the call that has the slot is not taken for one inside of it", async () => {
  await using db = await poolOf(1);
  const gate = new Gate<number>();
  const used = db.use(gate.run);
  await idle();
  const waiting = Promise.all([db.use(inner)]);
  await idle();
  gate.open(2);
  expect(await within(Promise.all([used, waiting]))).toEqual([2, [1]]);
});

describe.runIf(tasksAreKnown)("what is taken inside of what has been taken", () => {
  test("the call that waits for its own lease is refused, and says so", async () => {
    await using db = await poolOf(1);
    const call = db.use(async function outer() {
      return await db.use(inner);
    });
    await expect(within(call)).rejects.toThrow(
      new StarvationError(
        'the call of "inner" waits for a lease of pool "db" (1 slot: 1 leased) inside the call of "outer", which keeps it until this call is done',
      ),
    );
    expect(db.stats.slots).toMatchObject({ ready: 1, leased: 0 });
  });

  test("of many that take two each, one is refused when all slots are taken, and the others go on", async () => {
    await using db = await poolOf(4);
    const results = await within(
      Promise.allSettled(
        Array.from({ length: 4 }, () =>
          db.use(async () => {
            await idle();
            return await db.use(inner);
          }),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === "rejected")).toEqual([
      { status: "rejected", reason: expect.any(StarvationError) as unknown },
    ]);
  });

  test("a slot that is not leased may be ready again, so it is waited for", async () => {
    const gate = new Gate<object>();
    let spawned = 0;
    await using db = pool({ max: 2, spawn: () => (spawned++ === 0 ? {} : gate.run()) });
    const call = db.use(async () => await db.use(inner));
    await idle();
    gate.open({});
    expect(await within(call)).toBe(1);
  });

  test("a slot that a plain lease has may be given back by anybody", async () => {
    await using db = await poolOf(2);
    const lease = await within(db.acquire());
    const call = db.use(async () => await db.use(inner));
    await idle();
    lease.release();
    expect(await within(call)).toBe(1);
  });

  test("what is only started keeps nobody", async () => {
    await using db = await poolOf(1);
    const started: Promise<number>[] = [];
    await within(
      db.use(() => {
        started.push(db.use(inner));
      }),
    );
    expect(await within(Promise.all(started))).toEqual([1]);
  });

  test("what a call has started, and what goes on after it, keeps nobody from its slot", async () => {
    await using db = await poolOf(1);
    const [limited, busy] = [limit(1), new Gate<number>()];
    const held = limited(busy.run);
    const started: Promise<number>[] = [];
    await within(
      db.use(async () => {
        started.push((async () => await limited(inner))());
        await idle();
      }),
    );
    const gate = new Gate();
    const used = db.use(gate.run);
    const nested = limit(1)(() => db.use(inner));
    await idle();
    gate.open();
    expect(await within(nested)).toBe(1);
    busy.open(1);
    expect(await within(Promise.all([held, used, ...started]))).toEqual([1, undefined, 1]);
  });

  test("a pool and a limit, taken in opposite orders", async () => {
    await using db = await poolOf(1);
    const limited = limit(1, { name: "cpu" });
    const one = db.use(async function query() {
      await idle();
      return limited(inner);
    });
    const other = limited(async function render() {
      await idle();
      return db.use(inner);
    });
    const [first, second] = await within(Promise.allSettled([one, other]));
    expect(first).toEqual({ status: "fulfilled", value: 1 });
    expect(second).toMatchObject({
      reason: {
        code: "TAILRACE_STARVATION",
        message:
          'the call of "inner" waits for a lease of pool "db" (1 slot: 1 leased), which the call of "query" keeps until ' +
          'it gets a permit of limit "cpu" (1 of 1 permit taken), which the call of "render" keeps until this call is done',
      },
    });
  });
});

test.runIf(tasksAreKnown)("a report says who has the leases, and what they wait for", async () => {
  await using db = await poolOf(2);
  let text = "";
  const job = scope(async (s) => {
    for (const name of ["pay", "ship"]) {
      s.spawn(
        async ({ signal }) => {
          using _ = await db.acquire();
          await idle();
          await db.acquire({ signal });
        },
        { name },
      );
    }
    await idle();
    await idle();
    text = report().replaceAll(/\d+\.\d s/gu, "n s");
    s.abort(new Error("enough"));
  });
  await within(job);
  const advice = "who waits has a lease of it already: pass that on, or let max be at least 2 × (2 − 1) + 1 = 3";
  expect(text.split("\n")).toEqual([
    `task "pay": acquire on pool "db" (2 slots: 2 leased) has waited n s for a lease; ${advice}`,
    '  held for n s by the lease of slot db[1] in task "ship"',
    `    task "ship": acquire on pool "db" (2 slots: 2 leased) has waited n s for a lease; ${advice}`,
    '  held for n s by the lease of slot db[2] in task "pay"',
    '    task "pay": acquire on pool "db" (2 slots: 2 leased), as above: a cycle',
  ]);
});

test.runIf(tasksAreKnown)("each report counts those who wait then", async () => {
  await using db = await poolOf(2);
  const both = new Gate();
  const advice = (): string[] => [...report().matchAll(/at least (.*)$/gmu)].map(([, size]) => size ?? "");
  const told: string[][] = [];
  const job = scope(async (s) => {
    for (const until of [undefined, both.opened]) {
      s.spawn(async ({ signal }) => {
        using _ = await db.acquire();
        await until;
        await db.acquire({ signal });
      });
    }
    await idle();
    told.push(advice());
    both.open();
    await idle();
    told.push(advice());
    s.abort(new Error("enough"));
  });
  await within(job);
  expect(told[0]).toContain("1 × (2 − 1) + 1 = 2");
  expect(told[1]).toContain("2 × (2 − 1) + 1 = 3");
  expect(told[1]).not.toContain("1 × (2 − 1) + 1 = 2");
});
