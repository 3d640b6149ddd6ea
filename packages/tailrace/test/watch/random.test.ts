// Random programs under the sweeper of the watch: what it says can never end must be exactly what never ends.
import process from "node:process";
import * as fc from "fast-check";
import { channel, inspect, limit, pool, scope, StarvationError } from "tailrace";
import type { Channel, Limit, Pool } from "tailrace";
import { afterAll, beforeAll, expect, test } from "vitest";
import { observeWaits } from "../../src/waits/observed.ts";
import { openSweeper } from "../../src/watch/stalls.ts";
import { tasksAreKnown } from "../tasks.ts";

/** What a task does, step by step; things are told by their numbers. */
type Step =
  | { readonly do: "send" | "receive" | "close"; readonly on: number }
  | { readonly do: "sleep"; readonly ms: number }
  | { readonly do: "limit" | "lease" | "use"; readonly on: number; readonly inside: readonly Step[] }
  | { readonly do: "all"; readonly inside: readonly Step[] }
  | { readonly do: "nest"; readonly inside: readonly Step[] };

interface Program {
  readonly capacities: readonly number[];
  readonly permits: readonly number[];
  /** Slots of each pool, and milliseconds that an instance takes; it is kept if that is even; 4 and 5 fail first. */
  readonly pools: readonly (readonly [slots: number, delay: number])[];
  readonly tasks: readonly (readonly Step[])[];
}

const CHANNELS = 3;
const LIMITS = 2;
const POOLS = 2;

const { steps } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  step: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ do: fc.constantFrom("send", "receive", "receive", "send"), on: fc.nat(CHANNELS - 1) }),
    fc.record({ do: fc.constant("sleep"), ms: fc.nat(12) }),
    fc.record({ do: fc.constant("close"), on: fc.nat(CHANNELS - 1) }),
    fc.record({ do: fc.constant("limit"), on: fc.nat(LIMITS - 1), inside: tie("steps") }),
    fc.record({ do: fc.constantFrom("lease", "use"), on: fc.nat(POOLS - 1), inside: tie("steps") }),
    fc.record({ do: fc.constantFrom("all", "nest"), inside: tie("steps") }),
  ),
  steps: fc.array(tie("step"), { maxLength: 4 }),
}));

const programs = fc.record({
  capacities: fc.array(fc.nat(2), { minLength: CHANNELS, maxLength: CHANNELS }),
  permits: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: LIMITS, maxLength: LIMITS }),
  pools: fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat(5)), { minLength: POOLS, maxLength: POOLS }),
  tasks: fc.array(steps, { minLength: 1, maxLength: 4 }),
}) satisfies fc.Arbitrary<Program>;

/** A step after a while. */
const later = (step: Step): readonly Step[] => [{ do: "sleep", ms: 3 }, step];

/** Ways to wait for one another for ever; a step of each goes into two tasks of a program. */
const KNOTS: readonly (readonly [readonly Step[], readonly Step[]])[] = [
  [[{ do: "receive", on: 9 }], []],
  [[{ do: "send", on: 9 }], []],
  [
    [
      { do: "send", on: 9 },
      { do: "receive", on: 8 },
    ],
    [
      { do: "send", on: 8 },
      { do: "receive", on: 9 },
    ],
  ],
  [
    [
      {
        do: "limit",
        on: 9,
        inside: later({ do: "limit", on: 8, inside: [] }),
      },
    ],
    [
      {
        do: "limit",
        on: 8,
        inside: later({ do: "limit", on: 9, inside: [] }),
      },
    ],
  ],
  [[{ do: "nest", inside: [{ do: "receive", on: 9 }] }], [{ do: "sleep", ms: 8 }]],
  [
    [{ do: "limit", on: 9, inside: [{ do: "receive", on: 9 }] }],
    [{ do: "limit", on: 9, inside: [{ do: "send", on: 9 }] }],
  ],
  [[{ do: "lease", on: 9, inside: [{ do: "use", on: 9, inside: [] }] }], []],
  [
    [
      {
        do: "lease",
        on: 9,
        inside: later({ do: "use", on: 8, inside: [] }),
      },
    ],
    [
      {
        do: "use",
        on: 8,
        inside: later({ do: "lease", on: 9, inside: [] }),
      },
    ],
  ],
  [
    [
      {
        do: "limit",
        on: 9,
        inside: later({ do: "lease", on: 9, inside: [] }),
      },
    ],
    [
      {
        do: "use",
        on: 9,
        inside: later({ do: "limit", on: 9, inside: [] }),
      },
    ],
  ],
  [
    [{ do: "use", on: 9, inside: [{ do: "receive", on: 9 }] }],
    [{ do: "lease", on: 9, inside: [{ do: "send", on: 9 }] }],
  ],
];

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Ends an instance. It must not be a function of the program: it would hold what that has. */
function terminate(): Promise<void> {
  return sleep(1);
}

/** Runs a program; its things are named after it. Settles with it, if it ever does: whether a call was refused. */
async function run(name: string, { capacities, permits, pools: sizes, tasks }: Program): Promise<boolean> {
  let isRefused = false;
  const refused = (error: unknown): void => {
    isRefused ||= error instanceof StarvationError;
  };
  const named = (kind: string, number: number): { readonly name: string } => ({
    name: `${name} ${kind} ${number.toString()}`,
  });
  const channels = new Map<number, Channel<number>>();
  const limits = new Map<number, Limit>();
  const pools = new Map<number, Pool<number>>();
  const channelOf = (on: number): Channel<number> => {
    const made = channels.get(on) ?? channel<number>({ ...named("channel", on), capacity: capacities[on] ?? 0 });
    channels.set(on, made);
    return made;
  };
  const limitOf = (on: number): Limit => {
    const made = limits.get(on) ?? limit(permits[on] ?? 1, named("limit", on));
    limits.set(on, made);
    return made;
  };
  const poolOf = (on: number): Pool<number> => {
    const [max, delay] = sizes[on] ?? [1, 0];
    const options = { max, min: delay % 2, reuse: delay % 2 === 0, acquireTimeout: Infinity, retryDelay: 2, terminate };
    let fails = delay - 3;
    const spawn = async (): Promise<number> => {
      await sleep(delay);
      if (fails-- > 0) throw new Error("not yet");
      return on;
    };
    const made = pools.get(on) ?? pool({ ...named("pool", on), ...options, spawn });
    pools.set(on, made);
    return made;
  };
  async function follow(list: readonly Step[]): Promise<void> {
    for (const step of list) {
      switch (step.do) {
        case "sleep":
          await sleep(step.ms);
          break;
        case "send":
          await channelOf(step.on).send(1);
          break;
        case "receive":
          await channelOf(step.on).receive();
          break;
        case "close":
          channelOf(step.on).close();
          break;
        case "limit":
          await limitOf(step.on)(() => follow(step.inside));
          break;
        case "use":
          await poolOf(step.on).use(() => follow(step.inside));
          break;
        case "lease": {
          const lease = await poolOf(step.on).acquire();
          await follow(step.inside).finally(() => {
            lease.release();
          });
          break;
        }
        case "nest":
          await scope((s) => void s.spawn(() => follow(step.inside)), { name: `${name} scope` });
          break;
        case "all":
          await Promise.all([follow(step.inside), sleep(1)]);
      }
    }
  }
  await scope(
    (s) => {
      for (const list of tasks) s.spawn(() => follow(list).catch(refused));
    },
    { name: `${name} scope` },
  );
  return isRefused;
}

/** The program of which a thing is a part. */
function programOf(thing: string): string {
  return thing.split(" ", 1)[0] ?? "";
}

interface Outcomes {
  /** The programs of which it was said that they can never end. */
  readonly told: ReadonlySet<string>;
  /** Those that ended. */
  readonly ended: ReadonlySet<string>;
  /** Those of them in which a call of a limit was refused, because it could not have ended. */
  readonly refused: ReadonlySet<string>;
}

/** Runs many programs at a time. */
async function runAll(many: readonly Program[]): Promise<Outcomes> {
  const [told, ended, refused] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const sweeper = openSweeper(1, ({ verdict, waits }) => {
    if (verdict === "deadlock") for (const { resource } of waits) told.add(programOf(resource.name));
  });
  many.forEach((program, index) => {
    const name = `p${index.toString()}`;
    void run(name, program).then((isRefused) => {
      ended.add(name);
      if (isRefused) refused.add(name);
    });
  });
  const names = many.map((_, index) => `p${index.toString()}`);
  // Sweeps from the first moment on, so that what only takes its time is there to be mistaken.
  for (let round = 0; round < 60 && names.some((name) => !ended.has(name) && !told.has(name)); round++) {
    await sleep(3);
    await sweeper.sweep();
  }
  return { told, ended, refused };
}

const MANY = Number(process.env["PROGRAMS"] ?? 2000);
const AT_A_TIME = 500;
/** Older versions of Node let contexts of calls leak into promises that last: so many programs may be held by those. */
const HELD = tasksAreKnown ? 0 : AT_A_TIME / 50;

beforeAll(observeWaits);

test(`of ${MANY.toString()} random programs those that do not end are told, and no other`, async () => {
  const all = fc.sample(programs, { numRuns: MANY, seed: 11 });
  let ends = 0;
  for (let from = 0; from < MANY; from += AT_A_TIME) {
    const some = all.slice(from, from + AT_A_TIME);
    const { told, ended } = await runAll(some);
    ends += ended.size;
    for (const name of ended) expect([name, told.has(name)]).toEqual([name, false]);
    expect(told.size + ended.size).toBeGreaterThanOrEqual(some.length - HELD);
  }
  expect(ends).toBeGreaterThan(MANY / 10);
});

test(`of ${MANY.toString()} random programs with a knot all are told`, async () => {
  const planted = fc.tuple(programs, fc.nat(KNOTS.length - 1)).map(([program, kind]): Program => {
    const [one = [], other = []] = KNOTS[kind] ?? [];
    const live = program.tasks.map((list) => list.filter((step) => step.do === "sleep"));
    return { ...program, tasks: [...live, one, other] };
  });
  const all = fc.sample(planted, { numRuns: MANY, seed: 12 });
  for (let from = 0; from < MANY; from += AT_A_TIME) {
    const some = all.slice(from, from + AT_A_TIME);
    const { told, ended, refused } = await runAll(some);
    expect(told.size + refused.size).toBeGreaterThanOrEqual(some.length - HELD);
    expect(ended).toEqual(refused);
  }
});

afterAll(() => {
  const left = inspect().waits.filter(({ resource }) => /^p\d/u.test(resource.name));
  if (tasksAreKnown) expect(left).toEqual([]);
});
