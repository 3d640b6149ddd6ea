import { pool } from "tailrace";
import type { Lease, Pool, PoolOptions } from "tailrace";
import { explore } from "tailrace/testing";
import type { Exploration, Explored, Step } from "tailrace/testing";
import { afterAll, describe, expect, test } from "vitest";
import { Gate } from "../tasks.ts";

const counts: Record<string, number> = {};

afterAll(() => {
  console.info("schedules:", JSON.stringify(counts));
});

interface Made {
  holders: number;
  ended: number;
  readonly lost: () => void;
}

const POINTS = ["clean", "prepare", "customize", "check", "reset"] as const;
type Point = "spawn" | "terminate" | (typeof POINTS)[number];
type Options = Partial<PoolOptions<Made>>;

/** A pool that must neither lose nor make anything. */
class Watched {
  readonly made: Made[] = [];
  readonly pool: Pool<Made>;
  /** The first call of one of its functions hangs until then. */
  readonly gate: Gate = new Gate();
  readonly #wrong: unknown[] = [];
  #given = 0;

  constructor(options: Options, hangs?: Point) {
    let calls = 0;
    const hang =
      (point: Point, fn?: (...given: never[]) => unknown) =>
      async (...given: never[]): Promise<unknown> => {
        const result = point === "terminate" ? fn?.(...given) : undefined;
        if (calls++ === 0) await this.gate.opened;
        return point === "terminate" ? result : fn?.(...given);
      };
    this.gate.opened.catch(() => undefined);
    const all: PoolOptions<Made> = {
      name: "explored",
      reapEvery: Infinity,
      acquireTimeout: Infinity,
      retryCap: 10,
      grace: Infinity,
      spawn: ({ lost }) => {
        const made: Made = { holders: 0, ended: 0, lost };
        this.made.push(made);
        return made;
      },
      terminate: (made) => {
        if (made.holders > 0 || made.ended++ > 0) this.#wrong.push(made);
      },
      ...options,
    };
    this.pool = pool({ ...all, ...(hangs && { [hangs]: hang(hangs, all[hangs]) }) });
  }

  /** Takes one, has it until the next step, and gives it back. */
  async hold(step: Step, taken: Promise<Lease<Made> | undefined>, end: "release" | "discard"): Promise<boolean> {
    const lease = await taken.catch(() => undefined);
    if (lease === undefined) return false;
    this.#given++;
    const { value } = lease;
    value.holders++;
    expect([value.holders, value.ended]).toEqual([1, 0]);
    await step();
    value.holders--;
    lease[end]();
    lease[end](); // once more is harmless
    return true;
  }

  /** Everything comes back, and everything is ended. */
  async check(): Promise<void> {
    const { slots, waiting } = this.pool.stats;
    expect([slots.leased, slots.admitted, slots.checking, waiting]).toEqual([0, 0, 0, 0]);
    expect(Object.values(slots).reduce((one, other) => one + other)).toBe(this.pool.max);
    await this.pool.close();
    const { stats } = this.pool;
    expect([stats.slots.empty, stats.waiting, stats.abandoned]).toEqual([this.pool.max, 0, 0]);
    expect([stats.totals.acquired, stats.totals.released]).toEqual([this.#given, this.#given]);
    expect(this.made.map(({ ended, holders }) => [ended, holders])).toEqual(this.made.map(() => [1, 0]));
    expect(this.#wrong).toEqual([]);
  }
}

async function all(
  about: string,
  options: () => Options,
  program: (explored: Explored, watched: Watched) => unknown,
  { ticks = 0, hangs }: { readonly ticks?: number; readonly hangs?: Point } = {},
): Promise<void> {
  const exploration: Exploration = await explore(
    (explored) => {
      const watched = new Watched(options(), hangs);
      program(explored, watched);
      return () => watched.check();
    },
    { ticks },
  );
  expect(exploration.complete).toBe(true);
  counts[about] = (counts[about] ?? 0) + exploration.schedules;
}

/** What happens meanwhile, once. */
const EVENTS: Record<string, (watched: Watched, controller: AbortController) => unknown> = {
  abort: (_, controller) => {
    controller.abort(new Error("stop"));
  },
  lost: ({ made }) => made[0]?.lost(),
  drain: (watched) => watched.pool.drain(),
  close: (watched) => watched.pool.close(),
};
const events = Object.keys(EVENTS);

describe("two slots and two who wait, under every schedule: instances are conserved, and who can is served", () => {
  const waits =
    (event: string, end: "release" | "discard" = "release") =>
    (explored: Explored, watched: Watched): void => {
      const controller = new AbortController();
      explored.party("waits", (step) => watched.hold(step, watched.pool.acquire(controller), end));
      explored.party("waits, too", async (step) => {
        const isServed = await watched.hold(step, watched.pool.acquire(), "release");
        if (event === "abort" || event === "lost") expect(isServed).toBe(true);
      });
      explored.party(event, () => EVENTS[event]?.(watched, controller));
    };

  test.each(events.flatMap((event) => [0, 2].map((min) => [event, min] as const)))(
    "%s, with %i ready from the start",
    async (event, min) => {
      await all("2 slots × 2 waiters", () => ({ max: 2, min }), waits(event));
      await all("2 slots × 2 waiters", () => ({ max: 2, min }), waits(event, "discard"));
    },
  );

  test.each(POINTS.flatMap((point) => events.map((event) => [point, event] as const)))(
    "%s fails once, and %s",
    async (point, event) => {
      const options = (): Options => {
        let fails = 1;
        const fn = (): Promise<void> => (fails-- > 0 ? Promise.reject(new Error("fails")) : Promise.resolve());
        return { max: 2, min: 1, [point]: fn };
      };
      await all("2 slots × 2 waiters × fault", options, waits(event));
    },
  );
});

describe("one slot and two who wait, under every schedule", () => {
  test.each(events.flatMap((event) => [0, 1, 2].map((fails) => [event, fails] as const)))(
    "%s, with a check that says no %i times",
    async (event, fails) => {
      const options = (): Options => {
        let left = fails;
        return { max: 1, check: () => left-- <= 0 };
      };
      const program =
        (others: boolean) =>
        (explored: Explored, watched: Watched): void => {
          const controller = new AbortController();
          if (others)
            explored.party("waits", (step) => watched.hold(step, watched.pool.acquire(controller), "release"));
          explored.party("tries", (step) => watched.hold(step, watched.pool.tryAcquire(), "release"));
          explored.party(event, () => EVENTS[event]?.(watched, controller));
        };
      await all("1 slot × 2 waiters × check", options, program(true));
      await all("1 slot × check, in each tick", options, program(false), { ticks: 12 });
    },
  );

  test.each(
    (["spawn", "terminate", ...POINTS] as const).flatMap((point) => events.map((event) => [point, event] as const)),
  )("%s hangs for a time, or until its time is over, and %s", async (hangs, event) => {
    for (const end of ["open", "fail"] as const) {
      const program = (explored: Explored, watched: Watched): void => {
        const controller = new AbortController();
        explored.party("waits", (step) => watched.hold(step, watched.pool.acquire(controller), "discard"));
        explored.party(event, () => EVENTS[event]?.(watched, controller));
        explored.party(end, () => {
          if (end === "open") watched.gate.open();
          else watched.gate.fail(new Error("fails"));
        });
      };
      await all("1 slot × hanging", () => ({ max: 1 }), program, { hangs });
    }
  });

  test.each(["abort", "close"])("one gives back while the other may %s, or runs out of time", async (event) => {
    const program = (explored: Explored, watched: Watched): void => {
      const controller = new AbortController();
      const { signal } = controller;
      explored.party("has", (step) => watched.hold(step, watched.pool.acquire(), "release"));
      explored.party("waits", (step) => watched.hold(step, watched.pool.acquire({ signal, timeout: 20 }), "release"));
      explored.party(event, () => EVENTS[event]?.(watched, controller));
    };
    await all("release × abort", () => ({ max: 1 }), program, { ticks: 1 });
  });
});

describe("admission, under every schedule: the slot that is kept comes back", () => {
  test.each(events.flatMap((event) => [true, false].map((acquires) => [event, acquires] as const)))(
    "%s; whoever was admitted takes it: %s",
    async (event, acquires) => {
      const program = (explored: Explored, watched: Watched): void => {
        const controller = new AbortController();
        explored.party("is admitted", async (step) => {
          const admission = await watched.pool.admit(controller).catch(() => undefined);
          if (admission === undefined) return;
          await step();
          if (acquires) await watched.hold(step, admission.acquire(), "release");
          else admission.release();
          admission.release();
        });
        explored.party("waits", (step) => watched.hold(step, watched.pool.acquire(), "release"));
        explored.party(event, () => EVENTS[event]?.(watched, controller));
      };
      for (const max of [1, 2]) await all("admission", () => ({ max }), program);
      await all("admission × check", () => ({ max: 1, check: () => true }), program);
    },
  );
});
