import { callable, count, options as optionsOf, text } from "../arguments.ts";
import { TailraceError } from "../errors.ts";
import { macrotask } from "../pace.ts";
import { run } from "./run.ts";
import type { Choose } from "./run.ts";

/** Waits until the explorer lets the party go on: to be called before each operation whose order matters. */
export type Step = () => Promise<void>;

/** What a program is given. */
export interface Explored {
  /**
   * Adds a party: an async function that runs beside the others. When it starts, and when it goes on after each
   * `await step()`, is what is explored. What it starts may call `step` too.
   */
  party(name: string, fn: (step: Step) => unknown): void;
}

/**
 * A small program: it makes what it needs, adds its parties, and may return a function that is called when all of them
 * have ended, to check what has come of it. It must do the same each time, and wait for nothing outside of itself; it
 * may wait for time to pass.
 */
export type Program = (explored: Explored) => (() => unknown) | undefined | Promise<(() => unknown) | undefined>;

/** Options of `explore`. */
export interface ExploreOptions {
  /**
   * Microtasks, at most, that may run by themselves between two steps. Without any, a party makes its step either at
   * once after the one before or when everything that could go on has done so; with some, also in between. Default: 0.
   */
  readonly ticks?: number | undefined;
  /** Schedules, at most. Where there are more, the result says so. Default: 100 000. */
  readonly most?: number | undefined;
  /** Instead of all schedules, tries so many by chance: for programs that have too many. */
  readonly random?: number | undefined;
  /** Where chance starts from. Default: 1. */
  readonly seed?: number | undefined;
  /** A schedule that a `ScheduleError` has named: only that one is run. */
  readonly replay?: string | undefined;
}

/** What `explore` has done. */
export interface Exploration {
  /** Schedules that were run. */
  readonly schedules: number;
  /** Whether these were all that there are. */
  readonly complete: boolean;
}

/**
 * A program that was explored went wrong under one schedule. `cause` is what it threw; if it came to nothing instead,
 * the message says who waits for what.
 *
 * @example
 * ```ts
 * import { explore, ScheduleError } from "tailrace/testing";
 * import type { Program } from "tailrace/testing";
 *
 * const program: Program = (explored) => {
 *   explored.party("waits", () => new Promise(() => undefined));
 *   return undefined;
 * };
 * await explore(program).catch(async (error: unknown) => {
 *   if (error instanceof ScheduleError) await explore(program, { replay: error.schedule }); // the same again
 * });
 * ```
 */
export class ScheduleError extends TailraceError {
  /** What `replay` takes. */
  readonly schedule: string;

  constructor(schedule: string, message: string, options?: ErrorOptions) {
    super("TAILRACE_SCHEDULE", message, options);
    this.schedule = schedule;
  }

  override get name(): string {
    return "ScheduleError";
  }
}

/**
 * Runs a small program under every schedule: each order in which its parties can make their steps, with everything, or
 * nothing, going on between two of them, and each moment at which the time of a time-out may be over. `setTimeout`,
 * `performance.now` and `Date.now` are the explorer's meanwhile, so no time is lost.
 *
 * A schedule under which the program throws, ends with something of Tailrace's still waiting, or never ends because
 * everybody waits, is an error that names it. Finds what a test that runs once finds one time in a thousand.
 *
 * The order of schedules is that of a depth-first search over the choices, each of them run from the start: stateless
 * model checking, as in VeriSoft (Godefroid, POPL 1997) and loom.
 *
 * @example
 * ```ts
 * import { channel } from "tailrace";
 * import { explore } from "tailrace/testing";
 *
 * const { schedules } = await explore((explored) => {
 *   const jobs = channel<number>({ capacity: 1 });
 *   const received: number[] = [];
 *   explored.party("sender", async (step) => {
 *     await jobs.send(1);
 *     await step();
 *     await jobs.send(2);
 *     jobs.close();
 *   });
 *   explored.party("receiver", async () => {
 *     for await (const job of jobs) received.push(job);
 *   });
 *   return () => {
 *     if (received.join() !== "1,2") throw new Error(`received ${received.join()}`);
 *   };
 * });
 * console.log(schedules);
 * ```
 * @throws {ScheduleError} for the first schedule under which it goes wrong
 * @throws {ArgumentError} if an argument cannot be used
 */
export async function explore(program: Program, options?: ExploreOptions): Promise<Exploration> {
  callable("program", program);
  const before = last;
  const exploration = (async () => {
    await before; // there is one time for all
    await new Promise<void>(macrotask); // whoever called may still set timers of the platform
    return exploreAlone(program, options);
  })();
  last = exploration.catch(() => undefined);
  return exploration;
}

let last: Promise<unknown> = Promise.resolve();

async function exploreAlone(program: Program, options: ExploreOptions | undefined): Promise<Exploration> {
  const given = optionsOf("options", options);
  const ticks = given.ticks === undefined ? 0 : count("ticks", given.ticks);
  if (given.replay !== undefined) {
    const path = parse(text("replay", given.replay));
    await runAlong(program, ticks, (nth) => path[nth] ?? 0);
    return { schedules: 1, complete: false };
  }
  if (given.random !== undefined) {
    const seed = given.seed === undefined ? 1 : count("seed", given.seed);
    return sample(program, ticks, count("random", given.random, 1), seed);
  }
  return exhaust(program, ticks, given.most === undefined ? 100_000 : count("most", given.most, 1));
}

/** One choice of a run, and how many moves there were. */
interface Choice {
  readonly chosen: number;
  readonly moves: number;
}

async function exhaust(program: Program, ticks: number, most: number): Promise<Exploration> {
  let path: readonly number[] = [];
  for (let schedules = 1; ; schedules++) {
    const prefix = path;
    const choices = await runAlong(program, ticks, (nth) => prefix[nth] ?? 0);
    const last = choices.findLastIndex(({ chosen, moves }) => chosen + 1 < moves);
    if (last < 0) return { schedules, complete: true };
    if (schedules === most) return { schedules, complete: false };
    path = choices.slice(0, last + 1).map(({ chosen }, nth) => (nth === last ? chosen + 1 : chosen));
  }
}

async function sample(program: Program, ticks: number, schedules: number, seed: number): Promise<Exploration> {
  let state = seed;
  const draw = (moves: number): number => {
    // Mulberry32 (Tommy Ettinger, public domain): each state gives a number that looks independent of the one before.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % moves;
  };
  for (let nth = 0; nth < schedules; nth++) await runAlong(program, ticks, (_, moves) => draw(moves));
  return { schedules, complete: false };
}

/** Runs a program once and returns the choices that were made. */
async function runAlong(
  program: Program,
  ticks: number,
  choose: (nth: number, moves: number) => number,
): Promise<readonly Choice[]> {
  const choices: Choice[] = [];
  const names: string[] = [];
  const decide: Choose = (moves) => {
    const chosen = choose(choices.length, moves);
    choices.push({ chosen, moves });
    return chosen;
  };
  try {
    await run(program, decide, ticks, names);
    return choices;
  } catch (cause) {
    const schedule = choices.map(({ chosen }) => chosen.toString()).join(".");
    const why = cause instanceof Error ? cause.message : String(cause);
    const moves = names.join(", ");
    throw new ScheduleError(schedule, `${why}\nunder the schedule ${JSON.stringify(schedule)}: ${moves}`, { cause });
  }
}

function parse(schedule: string): readonly number[] {
  if (schedule === "") return [];
  return schedule.split(".").map((one) => count("replay", one.trim() === "" ? one : Number(one)));
}
