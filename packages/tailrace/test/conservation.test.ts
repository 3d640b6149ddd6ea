// Random programs under random schedules: whatever comes when, and whoever gives up, items and permits are neither lost
// nor made. Those of one structure alone are beside its other tests.
import fc from "fast-check";
import { channel, drive, EMPTY, fanOut, limit, receiveFrom, select, sendTo } from "tailrace";
import { expect, test } from "vitest";
import { collect, range } from "./items.ts";
import { nothingIsLeft } from "./leftovers.ts";

nothingIsLeft();

const pause = (scheduler: fc.Scheduler): Promise<void> => scheduler.schedule(Promise.resolve());

/** Aborts at some time, if it is told to. */
function sometimes(aborts: boolean, scheduler: fc.Scheduler): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort("gave up");
  };
  if (aborts) void pause(scheduler).then(abort);
  return controller.signal;
}

test("select: each item that was sent is received once, by whoever chooses between whatever", async () => {
  const choices = fc.array(
    fc.record({
      sends: fc.subarray([0, 1, 2]),
      receives: fc.subarray([0, 1, 2]),
      aborts: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(
      choices,
      fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
      fc.scheduler(),
      async (plan, sizes, scheduler) => {
        const channels = sizes.map((capacity) => channel<number>({ capacity }));
        const at = (place: number) => channels[place] ?? channel<number>();
        const [sent, received]: [number[], number[]] = [[], []];
        let next = 0;
        const work = plan.map(async ({ sends, receives, aborts }) => {
          await pause(scheduler);
          const items = sends.map(() => next++);
          const outgoing = sends.map((place, index) => sendTo(at(place), items[index] ?? -1));
          const incoming = receives.map((place) => receiveFrom(at(place)));
          if (outgoing.length + incoming.length === 0) return;
          try {
            const chosen = await select([...outgoing, ...incoming], { signal: sometimes(aborts, scheduler) });
            if (chosen.index < items.length) sent.push(items[chosen.index] ?? -1);
            else received.push(chosen.value as number);
          } catch {
            // It was aborted, or the channel is closed.
          }
        });
        await scheduler.waitIdle();
        for (const ch of channels) ch.close();
        await Promise.all(work);
        for (const ch of channels)
          for (let item = ch.tryReceive(); item !== EMPTY; item = ch.tryReceive()) received.push(item);
        expect(received.toSorted((a, b) => a - b)).toEqual(sent.toSorted((a, b) => a - b));
      },
    ),
    { numRuns: 200 },
  );
});

test("fanOut: each item is taken, dropped or held once by each sink it is for, in order, and the figures say so", async () => {
  const sink = fc.record({
    takes: fc.option(fc.nat(8)),
    slow: fc.constantFrom("wait", "drop-oldest", "drop-newest", "latest"),
    capacity: fc.nat(3),
  });
  const plans = fc.record({
    sinks: fc.array(sink, { minLength: 1, maxLength: 4 }),
    route: fc.constantFrom("broadcast", "any", "zip"),
    length: fc.nat(10),
    aborts: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(plans, fc.scheduler(), async ({ sinks, route, length, aborts }, scheduler) => {
      let read = 0;
      async function* source(): AsyncGenerator<number[]> {
        for (; read < length; read++) {
          await pause(scheduler);
          yield sinks.map((_, place) => read * 10 + (route === "zip" ? place : 0));
        }
      }
      const taken: unknown[][] = sinks.map(() => []);
      const runs = sinks.map(({ takes, slow, capacity }, place) => ({
        slow,
        capacity,
        run: async (items: AsyncIterable<unknown>) => {
          await pause(scheduler);
          const iterator = items[Symbol.asyncIterator]();
          for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
            taken[place]?.push(route === "zip" ? step.value : (step.value as number[])[0]);
            await pause(scheduler);
            if (taken[place]?.length === takes) return;
          }
        },
      }));
      const signal = sometimes(aborts, scheduler);
      const all =
        route === "zip" ? fanOut(source(), runs, { route, signal }) : fanOut(source(), runs, { route, signal });
      await scheduler.waitFor(Promise.allSettled([all]));
      const seen = taken.flat() as number[];
      for (const [place, got] of taken.entries()) {
        const figures = all.sinks[place];
        expect(got).toEqual((got as number[]).toSorted((a, b) => a - b));
        expect(new Set(got).size).toBe(got.length);
        expect(figures?.delivered).toBe(got.length);
        expect(figures?.lag).toBe(0);
        if (route !== "any" && !signal.aborted && read === length)
          expect(got.length + (figures?.dropped ?? 0)).toBe(length);
      }
      if (route === "any") expect(new Set(seen).size).toBe(seen.length);
      if (route === "any" && !aborts && sinks.every(({ takes }) => takes === null)) expect(seen).toHaveLength(length);
    }),
    { numRuns: 200 },
  );
});

test("limit: whatever is cleared, aborted and started when, each call runs or rejects, and all permits come back", async () => {
  const step = fc.record({
    weight: fc.constantFrom(undefined, 1, 2),
    aborts: fc.boolean(),
    clears: fc.boolean(),
    pauses: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.scheduler(), async (steps, scheduler) => {
      const limited = limit(2);
      let [held, ran] = [0, 0];
      const jobs = steps.map(async ({ weight, aborts, clears, pauses }) => {
        for (let turn = 0; turn < pauses; turn++) await pause(scheduler);
        if (clears) limited.clearQueue();
        expect(limited.pendingCount).toBeGreaterThanOrEqual(0);
        const call = weight === undefined ? limited : limited.with({ weight, signal: sometimes(aborts, scheduler) });
        return call(async () => {
          ran++;
          held += weight ?? 1;
          expect(held).toBeLessThanOrEqual(2);
          await pause(scheduler);
          held -= weight ?? 1;
        });
      });
      const results = Promise.allSettled(jobs);
      await scheduler.waitFor(results);
      const done = (await results).filter(({ status }) => status === "fulfilled");
      expect([done.length, held, limited.pendingCount]).toEqual([ran, 0, 0]);
      expect(await limited.with({ weight: 2 })(() => limited.activeCount)).toBe(1);
    }),
    { numRuns: 200 },
  );
});

test("drive: who comes early, in the middle or late gets every item from the first one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(8),
      fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }),
      fc.scheduler(),
      async (length, comings, scheduler) => {
        async function* source(): AsyncGenerator<number> {
          for (const item of range(length)) {
            await pause(scheduler);
            yield item;
          }
        }
        const driven = drive(source());
        const readers = comings.map(async (turns) => {
          for (let turn = 0; turn < turns; turn++) await pause(scheduler);
          return turns % 2 === 0 ? collect(driven) : driven;
        });
        for (const got of await scheduler.waitFor(Promise.all(readers))) expect(got).toEqual(range(length));
      },
    ),
    { numRuns: 100 },
  );
});
