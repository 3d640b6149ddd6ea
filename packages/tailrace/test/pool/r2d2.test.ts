// The tests of r2d2 0.8.10 (src/test.rs), by their names there: what its users rely on holds here. Two of them are about
// threads (`test_is_send_sync`) and locks (`test_issue_2_unlocked_during_is_valid`); the second is about checks here.
import { TimeoutError } from "tailrace";
import { expect, test } from "vitest";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";
import { pass, timeStands } from "./clock.ts";
import { Factory, poolOf, states } from "./factory.ts";

timeStands();
nothingIsLeft();

/** Makes so many instances, and then fails. */
class Limited extends Factory {
  constructor(most: number) {
    super();
    const { spawn } = this;
    Object.assign(this, {
      spawn: () => {
        if (this.made < most) return spawn();
        throw new Error("blammo");
      },
    });
  }
}

function limitedPool(most: number, options: Parameters<typeof poolOf>[1] = {}): ReturnType<typeof poolOf> {
  const factory = new Limited(most);
  const { spawn, terminate } = factory;
  return { ...poolOf(5, { spawn, terminate, ...options }), factory };
}

test("test_max_size_ok: as many as max can be had", async () => {
  const { p } = limitedPool(5);
  for (const lease of await Promise.all(range(5).map(() => p.acquire()))) lease.release();
  await p.close();
});

test("test_acquire_release: what is given back can be had again", async () => {
  const { p } = poolOf(2);
  const [one, two] = [await p.acquire(), await p.acquire()];
  one.release();
  const three = await p.acquire();
  expect(three.value).not.toBe(two.value);
  two.release();
  three.release();
  await p.close();
});

test("try_get: what is there is had without a wait, and nothing else", async () => {
  const { p } = poolOf(2);
  await p.ready();
  const [one, two, three] = [await p.tryAcquire(), await p.tryAcquire(), await p.tryAcquire()];
  expect([one?.slot, two?.slot, three]).toEqual([2, 1, undefined]);
  one?.release();
  const again = await p.tryAcquire();
  expect(again?.slot).toBe(2);
  again?.release();
  two?.release();
  await p.close();
});

test("get_timeout: each wait has its own time-out", async () => {
  const { p } = poolOf(1, { acquireTimeout: 500 });
  const first = await p.acquire({ timeout: 100 });
  const delayed = p.acquire({ timeout: 100 });
  await pass(50);
  first.release();
  const second = await delayed;
  const fails = p.acquire({ timeout: 100 }).catch((error: unknown) => error);
  await pass(150);
  expect(await fails).toBeInstanceOf(TimeoutError);
  second.release();
  await p.close();
});

test("test_issue_2_unlocked_during_is_valid: a check that takes long does not hold up what else is of use", async () => {
  const gate = new Gate<boolean>();
  const { p } = poolOf(2, { check: (instance) => (instance === 2 ? gate.opened : true) });
  await p.ready();
  const first = p.acquire();
  await pass(0);
  expect(states(p)).toEqual({ checking: 1, ready: 1 });
  const second = p.acquire();
  const quick = await first; // who came first has what is of use first, whoever had it looked at
  expect([quick.value, states(p)]).toEqual([1, { checking: 1, leased: 1 }]);
  gate.open(true);
  (await second).release();
  quick.release();
  await p.close();
});

test("test_drop_on_broken: an instance that is broken is ended when it is given back", async () => {
  const { p, factory } = poolOf(1, { broken: () => true });
  await p.use(() => undefined);
  expect(factory.ended).toEqual([[1, "broken"]]);
  await p.close();
});

test("test_initialization_failure: who waits for the pool to be ready is told why it is not", async () => {
  const { p } = limitedPool(0, { acquireTimeout: 1000 });
  await isToldWhy(p.ready());
  await p.close();
});

test("test_lazy_initialization_failure: so is who takes an instance of a pool that has not begun", async () => {
  const { p } = limitedPool(0, { acquireTimeout: 1000, lazy: true });
  await isToldWhy(p.acquire());
  await p.close();
});

test("test_get_global_timeout: a wait that says nothing has the time-out of the pool", async () => {
  const { p } = poolOf(1, { acquireTimeout: 1000 });
  const lease = await p.acquire();
  const begun = performance.now();
  const failed = p.acquire().catch(() => performance.now() - begun);
  await pass(2000);
  expect(await failed).toBe(1000);
  lease.release();
  await p.close();
});

test("test_connection_customizer: an instance that it rejects is ended, and one that it accepts has been set up", async () => {
  let customized: number | undefined;
  const { p, factory } = poolOf(1, {
    broken: () => true,
    customize: (instance) => {
      if (instance === 1) throw new Error("no");
      customized = instance;
    },
  });
  const acquired = p.acquire();
  await pass(400);
  const lease = await acquired;
  expect([lease.value, customized, factory.ended]).toEqual([2, 2, [[1, "failed"]]]);
  lease.release();
  expect(factory.ended).toEqual([
    [1, "failed"],
    [2, "broken"],
  ]);
  await p.close();
});

test("test_idle_timeout: what is not used for so long is ended, what is leased stays", async () => {
  const { p, factory } = limitedPool(5, { idleTimeout: 1000, reapEvery: 1000 });
  const lease = await p.acquire();
  await pass(2000);
  expect(factory.ended).toHaveLength(4);
  lease.release();
  expect(factory.ended).toHaveLength(4);
  await p.close();
});

test("idle_timeout_partial_use: what is used now and then stays, the others are ended", async () => {
  const { p, factory } = limitedPool(5, { idleTimeout: 1000, reapEvery: 1000 });
  for (const _ of range(8)) {
    await pass(250);
    await p.use(() => undefined);
  }
  expect([factory.ended.length, factory.live.size]).toEqual([4, 1]);
  expect(states(p)).toMatchObject({ ready: 1 });
  await p.close();
});

test("test_max_lifetime: what is too old is ended, what is leased then as soon as it is given back", async () => {
  const { p, factory } = limitedPool(5, { maxLifetime: 1000, acquireTimeout: 1000, reapEvery: 1000 });
  const lease = await p.acquire();
  await pass(2000);
  expect(factory.ended).toHaveLength(4);
  lease.release();
  await pass(2000);
  expect(factory.ended).toHaveLength(5);
  const failed = p.acquire().catch((error: unknown) => error);
  await pass(1000);
  expect(await failed).toBeInstanceOf(TimeoutError);
  await p.close();
});

test("min_idle: so many are ready besides those that are leased, and what is given back stays", async () => {
  const { p } = poolOf(5, { min: 2 });
  await pass(1000);
  expect(states(p)).toEqual({ ready: 2 });
  const leases = [await p.acquire(), await p.acquire(), await p.acquire()];
  await pass(1000);
  expect(states(p)).toEqual({ ready: 2, leased: 3 });
  for (const lease of leases) lease.release();
  expect(states(p)).toEqual({ ready: 5 });
  await p.close();
});

test("conns_drop_on_pool_drop: a pool that ends ends its instances (one that is forgotten: leaks.test.ts)", async () => {
  const { p, factory } = poolOf(10, { maxLifetime: 10_000 });
  await p.ready();
  expect(factory.live.size).toBe(10);
  await p[Symbol.asyncDispose]();
  expect(factory.live.size).toBe(0);
});

test("events: each has its values, and they come in this order", async () => {
  const { p, events } = poolOf(1, { acquireTimeout: 250, broken: () => true });
  const lease = await p.acquire();
  const failed = p.acquire({ timeout: 123 }).catch(() => undefined);
  await pass(123);
  await failed;
  lease.release();
  const second = await p.acquire();
  expect(events).toEqual([
    { type: "spawned", slot: 1, duration: 0 },
    { type: "acquired", slot: 1, waited: 0 },
    { type: "timeout", waited: 123 },
    { type: "released", slot: 1, held: 123 },
    { type: "terminated", slot: 1, reason: "broken", age: 123, uses: 1 },
    { type: "spawned", slot: 1, duration: 0 },
    { type: "acquired", slot: 1, waited: 0 },
  ]);
  second.release();
  await p.close();
});

test("extensions: what is kept with an instance is there the next time", async () => {
  const { p } = poolOf(2);
  const [one, two] = [await p.acquire(), await p.acquire()];
  one.store.set("number", 1);
  two.store.set("number", 2);
  one.release();
  const again = await p.acquire();
  expect(again.store.get("number")).toBe(1);
  again.release();
  two.release();
  await p.close();
});

/** Whoever waits for a second is told what has kept them from it. */
async function isToldWhy(wait: Promise<unknown>): Promise<void> {
  const failed = wait.catch((error: unknown) => error);
  await pass(1000);
  expect(await failed).toMatchObject({
    code: "TAILRACE_TIMEOUT",
    message: expect.stringContaining("blammo") as string,
    cause: { message: "blammo" },
  });
}
