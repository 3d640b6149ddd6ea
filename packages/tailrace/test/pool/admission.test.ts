// Back-pressure stays in the queue: a message is taken out only when an instance is kept for it.
import { LeaseReleasedError, PoolClosedError } from "tailrace";
import type { Admission, Lease, Pool } from "tailrace";
import { describe, expect, test } from "vitest";
import { nothingIsLeft } from "../leftovers.ts";
import { range } from "../items.ts";
import { Gate } from "../tasks.ts";
import { pass, timeStands } from "./clock.ts";
import { expectSound, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

test("there are as many admissions as instances are ready; who comes later waits", async () => {
  const { p } = poolOf(2);
  await p.ready();
  const admissions = await Promise.all([p.admit(), p.admit()]);
  const third = p.admit();
  await pass(0);
  expect([states(p), p.stats.waiting]).toEqual([{ admitted: 2 }, 1]);
  admissions[0].release();
  const next = await third;
  expect([admissions[0].over, next.over, next.slot]).toEqual([true, false, admissions[0].slot]);
  next[Symbol.dispose]();
  admissions[1].release();
  admissions[1].release();
  expect(states(p)).toEqual({ ready: 2 });
  await p.close();
});

test("whoever has been admitted gets an instance before all others", async () => {
  const { p, factory } = poolOf(1, { check: (instance) => instance > 1 });
  await p.ready();
  const admission = await p.admit();
  const order: string[] = [];
  const note = (who: string) => (lease: Lease<number>) => {
    order.push(`${who} ${lease.value.toString()}`);
    lease.release();
  };
  const other = p.acquire().then(note("other"));
  await admission.acquire().then(note("admitted"));
  await other;
  expect([order, factory.ended]).toEqual([["admitted 2", "other 2"], [[1, "unhealthy"]]]);
  expect([states(p), admission.over]).toEqual([{ ready: 1 }, true]);
  await p.close();
});

test("an admission is used once, and is over then", async () => {
  const { p } = poolOf(1);
  const admission = await p.admit();
  const lease = await admission.acquire();
  await expect(admission.acquire()).rejects.toBeInstanceOf(LeaseReleasedError);
  admission.release();
  expect([lease.value, states(p)]).toEqual([1, { leased: 1 }]);
  lease.release();
  await p.close();
});

describe("an admission leaves nothing behind", () => {
  const reason = new Error("request cancelled");
  const ways: [string, (p: Pool<number>) => Promise<void>][] = [
    [
      "a message that cannot be read",
      async (p) => {
        using _ = await p.admit();
      },
    ],
    [
      "a stream that fails",
      async (p) => {
        const pull = async (): Promise<void> => {
          using _ = await p.admit();
          throw reason;
        };
        await expect(pull()).rejects.toBe(reason);
      },
    ],
    [
      "a request that was cancelled before it has an instance",
      async (p) => {
        using admission = await p.admit();
        await expect(admission.acquire({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
        expect(admission.over).toBe(true);
      },
    ],
    [
      "an option that cannot be used",
      async (p) => {
        using admission = await p.admit();
        await expect(admission.acquire({ timeout: -1 })).rejects.toThrow("timeout");
      },
    ],
    [
      "a request that was cancelled while its instance is checked",
      async (p) => {
        using admission = await p.admit();
        const controller = new AbortController();
        const lease = admission.acquire({ signal: controller.signal });
        controller.abort(reason);
        await expect(lease).rejects.toBe(reason);
      },
    ],
    [
      "an instance that is of no use",
      async (p) => {
        using admission = await p.admit();
        using lease = await admission.acquire();
        lease.discard();
      },
    ],
    [
      "a wait for one that is given up",
      async (p) => {
        const all = await Promise.all(range(p.max).map(() => p.admit()));
        const controller = new AbortController();
        const late = p.admit({ signal: controller.signal });
        controller.abort(reason);
        await expect(late).rejects.toBe(reason);
        for (const admission of all) admission.release();
      },
    ],
  ];
  test.for(ways)("%s", async ([, way]) => {
    const { p } = poolOf(3, { check: () => Promise.resolve(true) });
    await p.ready();
    for (const _ of range(10)) await way(p); // far more often than there are instances
    await p.ready();
    await pass(0);
    expectSound(p);
    expect([states(p), p.stats.waiting]).toEqual([{ ready: 3 }, 0]);
    await p.close();
  });
});

test("three times as many slow requests as instances all succeed, and the rest waits in the queue", async () => {
  const { p } = poolOf(4, { reuse: false, check: () => Promise.resolve(true) });
  const queue = range(12);
  const done: number[] = [];
  const working: Promise<void>[] = [];
  let most = 0;
  const work = async (admission: Admission<number>, message: number): Promise<void> => {
    using lease = await admission.acquire();
    expect(lease.uses).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    done.push(message);
  };
  const pull = async (): Promise<void> => {
    while (queue.length > 0) {
      const admission = await p.admit();
      working.push(work(admission, queue.shift() ?? 0));
      most = Math.max(most, working.length - done.length);
    }
  };
  const pulled = pull();
  await pass(100);
  await pulled;
  await Promise.all(working);
  expect([done.sort((a, b) => a - b), most]).toEqual([range(12), 4]);
  expect(p.stats.totals.timeouts).toBe(0);
  await p.close();
});

describe("when the pool closes", () => {
  test("what was kept is ended, and an admission is refused", async () => {
    const { p, factory } = poolOf(2);
    const admission = await p.admit();
    const lease = await p.acquire();
    const late = expect(p.admit()).rejects.toBeInstanceOf(PoolClosedError);
    const closed = p.close();
    await late;
    expect(admission.over).toBe(true);
    await expect(admission.acquire()).rejects.toBeInstanceOf(PoolClosedError);
    admission.release();
    lease.release();
    await closed;
    expect([states(p), factory.live.size]).toEqual([{}, 0]);
  });

  test("who waits to be admitted still is while it is drained, and can use that", async () => {
    const gate = new Gate();
    const { p } = poolOf(1, { reset: gate.run });
    const lease = await p.acquire();
    const waits = p.admit();
    const drained = p.drain();
    await expect(p.admit()).rejects.toThrow(`pool "${p.name}" is being drained`);
    lease.release();
    gate.open();
    const admission = await waits;
    const last = await admission.acquire();
    expect(last.value).toBe(1);
    last.release();
    await drained;
    await p.close();
  });
});
