// How well-known libraries misbehave (measured on Node 24), and what happens here in the same place.
import { AsyncLocalStorage } from "node:async_hooks";
import { limit, limitFunction, rate, StarvationError, TimeoutError } from "tailrace";
import type { LimitedCall } from "tailrace";
import { describe, expect, test, vi } from "vitest";
import { idle, within } from "../deadline.ts";
import { range } from "../items.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";

nothingIsLeft();

describe("limits", () => {
  test("p-limit(1) and p-queue(1) inside themselves hang: here it is an error that names both calls", async () => {
    const limited = limit(1, { name: "db" });
    const error = await within(
      limited(function saveOrder() {
        // eslint-disable-next-line tailrace/no-nested-permit -- that is what is tested
        return limited(function loadCustomer() {
          return 1;
        });
      }).catch((e: unknown) => e),
    );
    expect(error).toBeInstanceOf(StarvationError);
    expect(String(error)).toMatch(/call of "loadCustomer" waits .* limit "db" .* inside the call of "saveOrder"/u);
    expect(await within(limited(() => "goes on"))).toBe("goes on");
  });

  test("generic-pool: two workers hold one each and want one more for ever; here one is told, the other is served", async () => {
    const limited = limit(2, { name: "pool" });
    const both = [new Gate(), new Gate()];
    const work = ({ run }: { readonly run: () => Promise<void> }): Promise<string> =>
      limited(async () => {
        await run();
        return limited(() => "both");
      });
    const results = Promise.allSettled(both.map(work));
    await idle();
    expect(limited.activeCount).toBe(2);
    for (const { open } of both) open();
    const ended = await within(results);
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(ended.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "TAILRACE_STARVATION" },
    });
  });

  test("p-limit's and p-queue 9's clear leave the callers pending: here they reject", async () => {
    const limited = limit(1);
    const first = new Gate();
    const running = limited(first.run);
    const waiting = [
      limited(() => 1),
      limited.with({ timeout: 60_000 })(() => 2),
      limited.with({ weight: 1 })(() => 3),
    ];
    limited.clearQueue();
    for (const result of await within(Promise.allSettled(waiting))) {
      expect(result).toMatchObject({ status: "rejected", reason: { name: "AbortError" } });
    }
    first.open();
    await within(running);
  });

  test("p-queue 10 with a time-out ran 20 at a time instead of 2: here what runs counts until it has ended", async () => {
    const limited = limit(2);
    const gates = range(20).map(() => new Gate());
    let [running, most] = [0, 0];
    const results = gates.map(({ run }) =>
      limited.with({ timeout: 10 })(async () => {
        most = Math.max(most, ++running);
        await run();
        running--;
      }),
    );
    const late = await within(Promise.allSettled(results.slice(2)));
    for (const result of late)
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(TimeoutError) as unknown });
    expect([running, most, limited.activeCount, limited.pendingCount]).toEqual([2, 2, 2, 0]);
    for (const { open } of gates) open();
    await within(Promise.all(results.slice(0, 2)));
    expect([running, most]).toEqual([0, 2]);
  });

  test("Semaphore(2) of async-sema and async-mutex has 4 permits after 2 stray releases: here a permit comes back once", async () => {
    const limited = limit(2);
    const controller = new AbortController();
    const stray = [
      limited.with({ signal: controller.signal })(() => Promise.resolve()),
      limited(() => Promise.reject(new Error("failed"))),
      limited.with({ signal: controller.signal })(() => Promise.resolve()),
      limited.with({ weight: 2, timeout: 0 })(() => Promise.resolve()),
      limited(() => Promise.resolve()),
    ];
    await Promise.resolve();
    controller.abort();
    limited.clearQueue();
    await within(Promise.allSettled(stray));
    const gates = range(5).map(() => new Gate());
    const results = gates.map(({ run }) => limited(run));
    await idle();
    expect([limited.activeCount, limited.pendingCount]).toEqual([2, 3]);
    for (const { open } of gates) open();
    await within(Promise.all(results));
  });

  const storage = new AsyncLocalStorage<number>();
  const see = (): number | undefined => storage.getStore();
  const calls: [string, () => (fn: () => number | undefined) => Promise<number | undefined>][] = [
    ["limit", () => limit(1)],
    ["limit with a signal", () => limit(1).with({ signal: new AbortController().signal })],
    ["limit with a weight", () => limit(2).with({ weight: 2 })],
    ["limitFunction", () => limitFunction((fn: () => number | undefined) => fn(), { concurrency: 1 })],
    ["rate", () => rate({ per: 2, interval: 1 })],
    ["rate with a signal", () => rate({ per: 2, interval: 1 }).with({ signal: new AbortController().signal })],
  ];
  test.for(calls)(
    "p-queue 9, bottleneck, modern-async and fastq show a queued task another caller's async context: %s its own",
    async ([, make]) => {
      const call = make() as LimitedCall;
      const seen = range(6).map((caller) => storage.run(caller, () => call(see)));
      expect(await within(Promise.all(seen))).toEqual(range(6));
    },
  );

  test("bottleneck starts a timer for each job: here there is none", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    try {
      const limited = limit(16);
      const results = Promise.all(range(1000).map((n) => limited((i: number) => Promise.resolve(i), n)));
      await results;
      expect(timers).not.toHaveBeenCalled();
      expect(await results).toEqual(range(1000));
    } finally {
      timers.mockRestore();
    }
  });
});
