import { macrotask } from "../pace.ts";
import { attempt, TICK } from "../promises.ts";
import { inspect } from "../waits/inspect.ts";
import { report } from "../waits/report.ts";
import { VirtualClock } from "./clock.ts";
import type { Explored, Program, Step } from "./explore.ts";

/** Moves in a run after which it is taken to be endless. */
const MOST_MOVES = 10_000;

/** What may happen next: a party makes its next step, microtasks run, or time passes. */
interface Move {
  readonly name: string;
  make(): Promise<void> | undefined;
}

/** Decides which of so many moves is made. */
export type Choose = (moves: number) => number;

class Party {
  readonly name: string;
  /** Let it make a step: several, if it does several things at the same time. */
  readonly ready: (() => void)[] = [];
  over = false;
  failure: { readonly error: unknown } | undefined;

  constructor(name: string, fn: (step: Step) => unknown) {
    this.name = name;
    const step: Step = () =>
      new Promise((resolve) => {
        this.ready.push(resolve);
      });
    step()
      .then(() => fn(step))
      .catch((error: unknown) => {
        this.failure = { error };
      })
      .finally(() => {
        this.over = true;
      });
  }
}

/**
 * Runs a program once. After each step of a party there are three ways to go on: everything that can go on does so
 * first, or so many microtasks run, or another party makes its step at once.
 *
 * @param ticks microtasks, at most, that may run by themselves between two steps
 * @param names is told each move
 */
export async function run(program: Program, choose: Choose, ticks: number, names: string[]): Promise<void> {
  const clock = new VirtualClock();
  try {
    await runIn(clock, program, choose, ticks, names);
  } finally {
    clock.end();
  }
}

async function runIn(
  clock: VirtualClock,
  program: Program,
  choose: Choose,
  ticks: number,
  names: string[],
): Promise<void> {
  const before = inspect().waits.length;
  const parties: Party[] = [];
  const explored: Explored = {
    party(name, fn) {
      parties.push(new Party(name, fn));
    },
  };
  const check = await attempt(() => program(explored));
  /** Whether everything that can go on has done so since the last step, and how many microtasks have run by themselves. */
  const since = { settled: true, ticks: 0 };
  const moved = (): void => {
    since.settled = false;
    since.ticks = 0;
  };

  const settle: Move = {
    name: "settle",
    async make() {
      since.settled = true;
      // What has passed its time gives way once, to go on in a macrotask of its own.
      for (let turn = 0; turn < 2; turn++) await new Promise<void>(macrotask);
    },
  };
  const tick: Move = {
    name: "tick",
    async make() {
      since.ticks++;
      await TICK;
    },
  };
  const pass: Move = {
    name: "time",
    make() {
      moved();
      clock.advance();
      return undefined;
    },
  };
  const stepsOf = ({ name, ready }: Party): Move[] =>
    ready.map((go, nth) => ({
      name,
      make() {
        moved();
        ready.splice(nth, 1);
        go();
        return undefined;
      },
    }));

  for (;;) {
    const failed = parties.find((party) => party.failure !== undefined);
    if (failed?.failure !== undefined) throw failed.failure.error;
    const steps = parties.flatMap(stepsOf);
    if (since.settled && parties.every(({ over }) => over)) break;
    const moves = since.settled
      ? [...steps, ...(clock.waits ? [pass] : [])]
      : [settle, ...(since.ticks < ticks ? [tick] : []), ...steps];
    if (moves.length === 0) throw stuck(parties);
    if (names.length >= MOST_MOVES) throw new Error(`the program has not ended after ${MOST_MOVES.toString()} steps`);
    const move = moves[moves.length === 1 ? 0 : choose(moves.length)];
    if (move === undefined)
      throw new Error("the schedule is of another program, or the program is not the same each time");
    names.push(move.name);
    const made = move.make();
    if (made !== undefined) await made; // or a microtask would pass
  }
  await check?.();
  if (inspect().waits.length > before)
    throw new Error(`something still waits when all parties have ended:\n${report()}`);
}

function stuck(parties: readonly Party[]): Error {
  const names = parties.filter(({ over }) => !over).map(({ name }) => JSON.stringify(name));
  return new Error(`nothing can go on, and these have not ended: ${names.join(", ")}\n${report()}`);
}
