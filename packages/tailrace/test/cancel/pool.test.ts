// Each program is stopped at every microtask of its run: wherever that is, no slot and no instance may be lost.
import { pool, PoolClosedError } from "tailrace";
import type { Lease, Pool, PoolOptions } from "tailrace";
import { describe, expect, test } from "vitest";
import { turn } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { expectSound, Factory, states } from "../pool/factory.ts";
import { abortEverywhere, everywhere, REASON, unless } from "./sweep.ts";

nothingIsLeft();

const later = async (): Promise<void> => {
  await Promise.resolve();
};

const kinds: Record<string, Partial<PoolOptions<number>>> = {
  plain: {},
  checked: { check: later },
  reset: { reset: later },
  "used once": { reuse: false, clean: later, prepare: later },
  "all of that, two steps at a time": {
    check: later,
    reset: later,
    customize: later,
    clean: later,
    maxUses: 2,
    min: 0,
    concurrency: 2,
  },
};

function make(options: Partial<PoolOptions<number>>): { readonly p: Pool<number>; readonly factory: Factory } {
  const factory = new Factory();
  const { spawn, terminate } = factory;
  const p = pool({ max: 2, spawn, terminate, reapEvery: Infinity, acquireTimeout: Infinity, ...options });
  return { p, factory };
}

/** Five take an instance each, in all the ways there are. */
function takeAll(p: Pool<number>, wait: { readonly signal?: AbortSignal }): Promise<unknown>[] {
  let holders = 0;
  const hold = async (lease: Lease<number> | undefined): Promise<void> => {
    if (lease === undefined) return;
    expect(++holders).toBeLessThanOrEqual(p.max);
    await later();
    holders--;
    lease.release();
  };
  const admitted = async (): Promise<void> => {
    using admission = await p.admit(wait);
    await later();
    await hold(await admission.acquire(wait));
  };
  return [
    p.acquire(wait).then(hold),
    admitted(),
    p.use((_, lease) => hold(lease), wait),
    p.tryAcquire().then(hold),
    admitted(),
  ];
}

describe.for(Object.entries(kinds))("a pool, %s", ([, options]) => {
  test("whoever aborts has nothing, and the others all that there is", async () => {
    await abortEverywhere(async (signal) => {
      const { p, factory } = make(options);
      await Promise.all(takeAll(p, { signal }).map((work) => work.catch(unless)));
      const leases = await Promise.all(range(p.max).map(() => p.acquire()));
      expect([states(p), new Set(leases.map(({ value }) => value)).size]).toEqual([{ leased: 2 }, 2]);
      for (const lease of leases) lease.release();
      expectSound(p);
      await p.close();
      expect([states(p), factory.live.size, p.stats.waiting]).toEqual([{}, 0, 0]);
    });
  });

  test("it closes whatever is going on, and ends all instances", async () => {
    await everywhere(async (onStop) => {
      const { p, factory } = make(options);
      onStop(() => void p.close());
      const failures = await Promise.all(
        takeAll(p, {}).map((work) =>
          work.then(
            () => undefined,
            (error: unknown) => error,
          ),
        ),
      );
      for (const error of failures) if (error !== undefined) expect(error).toBeInstanceOf(PoolClosedError);
      await p.close();
      expectSound(p);
      expect([states(p), factory.live.size]).toEqual([{}, 0]);
    });
  });

  test("it can be drained whatever is going on", async () => {
    await everywhere(async (onStop) => {
      const { p, factory } = make(options);
      onStop(() => void p.drain());
      await Promise.allSettled(takeAll(p, {}));
      await p.drain();
      expect(p.stats).toMatchObject({ waiting: 0, slots: { leased: 0, admitted: 0 } });
      await p.close();
      expect([states(p), factory.live.size]).toEqual([{}, 0]);
    });
  });

  test("an instance that is lost whatever is going on is given to nobody who comes later", async () => {
    await everywhere(async (onStop) => {
      const all = new Map<number, () => void>();
      const gone = new Set<number>();
      const factory = new Factory();
      const { p } = make({
        ...options,
        terminate: factory.terminate,
        spawn({ lost }) {
          const instance = factory.spawn();
          all.set(instance, lost);
          return instance;
        },
      });
      let over = false;
      onStop(() => {
        for (const [instance, lose] of over ? [] : all) {
          gone.add(instance);
          lose();
        }
      });
      await Promise.all(takeAll(p, {}));
      over = true;
      for (const lease of await Promise.all(range(p.max).map(() => p.acquire()))) {
        expect(gone).not.toContain(lease.value);
        lease.release();
      }
      await p.close();
      expect(factory.live.size).toBe(0);
    });
  });
});

test("a self-test ends what it has begun, wherever it is aborted", async () => {
  await abortEverywhere(async (signal) => {
    const { p, factory } = make({ ...kinds["all of that, two steps at a time"], lazy: true });
    const result = await p.selfTest({ signal }).catch(unless);
    if (result === undefined) await turn(); // an instance may come late
    expect([result?.status ?? REASON, factory.live.size]).toEqual([result === undefined ? REASON : "passed", 0]);
    await p.close();
  });
});
