import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { scope } from "tailrace";
import type { PoolPublished } from "tailrace";
import { expect, test } from "vitest";
import { within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { tasksAreKnown } from "../tasks.ts";
import { poolOf, until } from "./factory.ts";

nothingIsLeft();

test("no function of the pool sees the async context of who has caused it to be called", async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen = new Set<string>();
  const see = (step: string) => (): boolean => {
    seen.add(`${step}: ${storage.getStore() ?? "none"}`);
    return true;
  };
  const steps = ["clean", "prepare", "customize", "check", "reset", "terminate"] as const;
  const functions = Object.fromEntries(steps.map((step) => [step, see(step)]));
  for (const concurrency of [1, Infinity]) {
    const { p } = storage.run("maker", () =>
      poolOf(2, { ...functions, spawn: () => Number(see("spawn")()), lazy: true, maxUses: 2, concurrency }),
    );
    const callers = range(10).map((caller) =>
      storage.run(`caller ${caller.toString()}`, async () => {
        await p.use(async () => {
          await Promise.resolve();
          expect(storage.getStore()).toBe(`caller ${caller.toString()}`);
        });
        expect(storage.getStore()).toBe(`caller ${caller.toString()}`);
        using _ = await p.tryAcquire();
        (await p.admit()).release();
      }),
    );
    await within(Promise.all(callers));
    await within(storage.run("tester", () => p.selfTest()));
    await within(storage.run("closer", () => p.close()));
  }
  expect([...seen].sort()).toEqual([...steps, "spawn"].map((step) => `${step}: maker`).sort());
});

test("events are published by a diagnostics channel, with the name of the pool", async () => {
  const heard: PoolPublished[] = [];
  const listen = (event: unknown): void => void heard.push(event as PoolPublished);
  subscribe("tailrace:pool", listen);
  const { p, events } = poolOf(1, { name: "db" });
  await within(p.use(() => undefined));
  await within(p.close());
  unsubscribe("tailrace:pool", listen);
  expect(heard).toEqual(events.map((event) => ({ pool: "db", ...event })));
  expect(heard).toHaveLength(4);
});

test.runIf(tasksAreKnown)("slots() says which task has an instance", async () => {
  const { p } = poolOf(2);
  await within(
    scope(async (s) => {
      const task = s.spawn(
        async () => {
          using _ = await p.acquire();
          await until(() => told.length > 0);
        },
        { name: "save" },
      );
      const told: unknown[] = [];
      await until(() => p.stats.slots.leased === 1);
      told.push(...p.slots().filter(({ state }) => state === "leased"));
      expect(told).toMatchObject([{ task: "save" }]);
      await task;
    }),
  );
  expect(p.slots().every((info) => !("task" in info))).toBe(true);
  await within(p.close());
});
