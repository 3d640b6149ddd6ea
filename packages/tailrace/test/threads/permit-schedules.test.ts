// A semaphore under every order of the steps of threads that take a permit and give it back.
import { afterAll, expect, test } from "vitest";
import { TAKE } from "../../src/threads/gate.ts";
import { Permits } from "../../src/threads/permits.ts";
import { SummedGate, waitsOf } from "./parties.ts";
import { search } from "./search.ts";
import type { Code, Recorded } from "./search.ts";

/** Words: of the gate with so many places, of the permits with so many lines, one for each who is inside, one for deaths. */
const layout = (parties: number): { permits: number; inside: number; deaths: number; size: number } => {
  const permits = 5 + 2 * parties;
  const inside = permits + 4 + 2 * parties;
  return { permits, inside, deaths: inside + parties, size: inside + parties + 1 };
};

interface Trial {
  readonly parties: number;
  readonly permits: number;
  readonly givesUp?: number;
  readonly dies?: number;
}

const told: string[] = [];
afterAll(() => {
  console.info(told.join("\n"));
});

function permitsOf(memory: Recorded, thread: number, { parties, dies }: Trial): Permits {
  const { permits, deaths } = layout(parties);
  const living = {
    get deaths() {
      return memory.load(deaths);
    },
    isAlive: (other: number) => other !== dies || memory.load(deaths) === 0,
  };
  return new Permits(memory, permits, thread, living, (isFull) => new SummedGate(memory, 0, thread, isFull));
}

/** Takes a permit, tells that it is inside, and gives it back; if it is told of a death it tries again. */
function codeOf(nth: number, trial: Trial): Code {
  return function* (memory) {
    const permits = permitsOf(memory, nth, trial);
    const { inside } = layout(trial.parties);
    for (let tries = 0; tries < 2; tries++) {
      if (!(yield* waitsOf(permits.enter(), permits.gate.waiting(TAKE)))) return "gave up";
      if (permits.take() !== undefined) continue;
      memory.store(inside + nth, 1);
      let others = 0;
      for (let other = 0; other < trial.parties; other++) {
        if (other !== trial.dies) others += memory.load(inside + other);
      }
      if (others > trial.permits) throw new Error(`${others.toString()} are inside`);
      memory.store(inside + nth, 0);
      if (!permits.release()) throw new Error("it had no permit");
      return "done";
    }
    return "told twice";
  };
}

function tryAll(trial: Trial): number {
  const { parties, permits, givesUp, dies } = trial;
  const at = layout(parties);
  const words = new Array<number>(at.size).fill(0).with(0, 1).with(at.permits, permits);
  const { states, steps, schedules } = search(
    words,
    Array.from({ length: parties }, (_, nth) => ({
      name: `party ${nth.toString()}`,
      code: codeOf(nth, trial),
      mayGiveUp: nth === givesUp,
      mayDie: nth === dies,
    })),

    () =>
      function* (memory) {
        memory.add(at.deaths, 1);
        permitsOf(memory, parties, trial).repair();
      },
    ({ words: left, outcomes }) => {
      const lines = left.slice(at.permits + 4, at.inside);
      const held = lines.filter((_, nth) => nth % 2 === 1).reduce((sum, one) => sum + one, 0);
      const isSwept = dies === undefined || left[at.permits + 2] === left[at.deaths];
      if (held > 0 && isSwept) throw new Error(`${held.toString()} permits are not given back`);
      for (const [nth, outcome] of outcomes.entries()) {
        if (outcome === "waits") throw new Error(`party ${nth.toString()} still waits`);
        if (outcome !== "dead" && outcome.result === "told twice") throw new Error("one death was told twice");
      }
    },
    { isHidden: () => false, tracksOrder: false },
  );
  const who = `${parties.toString()} parties, permits: ${permits.toString()}`;
  const how = `${givesUp === undefined ? "" : ", one may give up"}${dies === undefined ? "" : ", one may die"}`;
  const numbers = `${states.toLocaleString("en")} states, ${steps.toLocaleString("en")} steps`;
  told.push(`${who}${how}: ${numbers}, ${schedules.toPrecision(3)} schedules`);
  return states;
}

test.each<Trial>([
  { parties: 2, permits: 1 },
  { parties: 2, permits: 2 },
  { parties: 2, permits: 1, givesUp: 0 },
  { parties: 2, permits: 1, givesUp: 0, dies: 1 },
  { parties: 2, permits: 1, givesUp: 1, dies: 1 },
])("never more are inside than there are permits, and all come to their turn: %o", { timeout: 120_000 }, (trial) => {
  expect(tryAll(trial)).toBeGreaterThan(500);
});
