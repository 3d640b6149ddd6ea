import { PoolClosedError, TimeoutError } from "tailrace";
import type { StepContext } from "tailrace";
import { describe, expect, test } from "vitest";
import { Gate, untilAborted } from "../tasks.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { pass, timeStands } from "./clock.ts";
import { expectSound, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

/** With what it rejects. */
function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("ready settles when min instances are there, and not before", async () => {
  const gates = [new Gate<number>(), new Gate<number>(), new Gate<number>()];
  const { p } = poolOf(3, { min: 2, spawn: ({ slot }) => gates[slot - 1]?.opened ?? 0 });
  let ready = false;
  const wait = p.ready().then(() => (ready = true));
  gates[0]?.open(1);
  await pass(0);
  expect([ready, states(p)]).toEqual([false, { ready: 1, spawning: 1 }]);
  gates[1]?.open(2);
  await wait;
  expect(states(p)).toEqual({ ready: 2 });
  await p.ready({ timeout: 1 });
  await p.close();
});

test("ready of a pool of one settles though nothing else yields, also when it is not awaited at once", async () => {
  const { p } = poolOf(1, { lazy: true });
  let turned = false;
  setTimeout(() => (turned = true));
  await p.ready();
  expect(turned).toBe(false);
  await p.close();
  await pass(0);
});

test("those that are leased count, and a pool without a minimum is ready", async () => {
  const { p, factory } = poolOf(1);
  const lease = await p.acquire();
  await p.ready();
  lease.release();
  await p.close();
  const { p: none } = poolOf(2, { min: 0 });
  await none.ready();
  expect(factory.made).toBe(1);
  await none.close();
});

describe("who waits in vain is told why", () => {
  test("spawn was started, and has not returned", async () => {
    const { p } = poolOf(1, { name: "db", spawn: untilAborted });
    const failed = failureOf(p.ready({ timeout: 1000 }));
    await pass(1000);
    const error = await failed;
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).cause).toBeUndefined();
    expect((error as Error).message).toBe(
      'ready on pool "db" (1 slot: 1 spawning) waited 1000 ms for its first instances; ' +
        "spawn of slot 1 was started 1000 ms ago and has not returned",
    );
    await p.close();
  });

  test("spawn was never started, because others have to end first", async () => {
    const { p } = poolOf(2, { name: "db", concurrency: 1, clean: untilAborted });
    await pass(30);
    const failed = failureOf(p.acquire({ timeout: 10 }));
    await pass(10);
    expect(String(await failed)).toBe(
      'TimeoutError: acquire on pool "db" (2 slots: 2 cleaning) waited 10 ms for a lease; ' +
        "clean of slot 1 was started 40 ms ago and has not returned",
    );
    const [one] = p.slots();
    expect(one?.state).toBe("cleaning");
    await p.close();
  });

  test("spawn has failed, so many times, at last with that error", async () => {
    let tries = 0;
    const { p } = poolOf(1, {
      name: "db",
      spawn: () => {
        throw new Error(`refused ${(++tries).toString()}`);
      },
    });
    const failed = failureOf(p.ready({ timeout: 1000 }));
    await pass(1000);
    const error = (await failed) as Error;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.cause).toEqual(new Error("refused 2"));
    expect(error.message).toBe(
      'ready on pool "db" (1 slot: 1 quarantined) waited 1000 ms for its first instances; ' +
        "spawn has failed 2 times, at last with: refused 2; the next try is in 200 ms",
    );
    await p.close();
  });

  test("all are leased: then nothing that has failed before is to blame", async () => {
    let fails = true;
    const { p } = poolOf(1, {
      name: "db",
      terminate: () => {
        throw new Error("it was gone");
      },
      spawn: () => {
        if (!fails) return 1;
        throw new Error("refused");
      },
    });
    await pass(0);
    fails = false;
    const acquired = p.acquire();
    await pass(400);
    const lease = await acquired;
    const failed = failureOf(p.acquire({ timeout: 5 }));
    await pass(5);
    const error = (await failed) as Error;
    expect([error.message, error.cause]).toEqual([
      'acquire on pool "db" (1 slot: 1 leased) waited 5 ms for a lease',
      undefined,
    ]);
    lease.release();
    await p.close();
  });
});

describe("what has failed is tried again", () => {
  /** When each try was, and what makes the next ones succeed. */
  function failing(): { readonly at: number[]; readonly spawn: (context: StepContext) => number; heal: () => void } {
    const at: number[] = [];
    const begun = performance.now();
    let heals = false;
    return {
      at,
      spawn() {
        at.push(performance.now() - begun);
        if (!heals) throw new Error("refused");
        return 1;
      },
      heal() {
        heals = true;
      },
    };
  }

  test("after 400 ms, 800 ms, … up to half of acquireTimeout; a success forgets what was before", async () => {
    const { at, spawn, heal } = failing();
    const { p, events } = poolOf(1, { spawn, acquireTimeout: 5000, terminate: () => undefined });
    await pass(10_000);
    expect(at).toEqual([0, 400, 1200, 2800, 5300, 7800]);
    expect(p.slots()).toMatchObject([{ state: "quarantined", failures: 6, retryAt: expect.any(Number) as number }]);
    heal();
    const ready = p.ready();
    await pass(300);
    await ready;
    expect(p.slots()[0]).toMatchObject({ state: "ready", failures: 0 });
    expect(p.slots()[0]).not.toHaveProperty("retryAt");
    expect(events.map(({ type }) => type)).toEqual([...at.slice(1).map(() => "failed"), "spawned"]);
    await p.close();
  });

  test("the delays can be chosen, and never grow beyond 15 s by default", async () => {
    const slow = failing();
    const { p } = poolOf(1, { spawn: slow.spawn, acquireTimeout: Infinity });
    await pass(60_000);
    expect(slow.at.slice(-3)).toEqual([12_400, 25_200, 40_200, 55_200].slice(-3));
    await p.close();
    const quick = failing();
    const { p: other } = poolOf(1, { spawn: quick.spawn, retryDelay: 10, retryCap: 25 });
    await pass(100);
    expect(quick.at).toEqual([0, 10, 30, 55, 80]);
    await other.close();
  });

  test("each event says when; a slot that fails holds up no other one", async () => {
    const { p, events } = poolOf(2, {
      spawn: ({ slot }) => (slot === 1 ? Promise.reject(new Error("refused")) : slot),
      terminate: () => undefined,
    });
    await pass(0);
    expect(states(p)).toEqual({ ready: 1, quarantined: 1 });
    const [failed] = events.filter(({ type }) => type === "failed");
    expect(failed).toMatchObject({ slot: 1, step: "spawn", failures: 1, error: new Error("refused") });
    expect(failed?.type === "failed" && failed.retryAt).toBe(performance.now() + 400);
    expect(await p.use((instance) => instance)).toBe(2);
    expectSound(p);
    await p.close();
  });
});

test("ready can be aborted, and rejects when the pool is closed", async () => {
  const { p } = poolOf(1, { spawn: untilAborted });
  const controller = new AbortController();
  const given = [failureOf(p.ready({ signal: controller.signal })), failureOf(p.ready())];
  controller.abort(new Error("enough"));
  expect(await given[0]).toEqual(new Error("enough"));
  const closed = p.close();
  expect(await given[1]).toBeInstanceOf(PoolClosedError);
  await closed;
  await expect(p.ready()).rejects.toBeInstanceOf(PoolClosedError);
  await expect(p.ready({ signal: controller.signal })).rejects.toBeInstanceOf(PoolClosedError);
});
