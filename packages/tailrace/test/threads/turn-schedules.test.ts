// The protocol by which threads take turns, under every order of the steps of small programs: the code itself, and not a
// model of it. TURNS=all tries what takes minutes, too.
import { afterAll, describe, expect, test } from "vitest";
import { checkEnd, partiesOf, reductionOf, supervisorOf, wordsOf } from "./parties.ts";
import type { Operation } from "./parties.ts";
import { search } from "./search.ts";
import type { Party, Search } from "./search.ts";

const all = typeof process === "object" && process.env["TURNS"] === "all";
const told: string[] = [];

interface Trial {
  readonly operations: readonly Operation[];
  /** Who may give up, and who may die, by their numbers. */
  readonly givesUp?: readonly number[];
  readonly dies?: readonly number[];
  /** Whether a value is in the box from the start. */
  readonly isFull?: boolean;
  /** See `reductionOf`. */
  readonly isWarm?: boolean;
  readonly isCoarse?: boolean;
}

function tryAll(trial: Trial): Search {
  const { operations, givesUp = [], dies = [], isFull = false, isWarm = false, isCoarse = false } = trial;
  const more = (nth: number): Partial<Party> => ({ mayGiveUp: givesUp.includes(nth), mayDie: dies.includes(nth) });
  const parties = partiesOf(operations, more);
  const found = search(
    wordsOf(operations.length, isFull, isWarm),
    parties,
    (dead) => supervisorOf(dead, operations.length),
    (ending) => {
      checkEnd(operations, isFull, ending);
    },
    reductionOf(operations, parties, isWarm, isCoarse),
  );
  const { states, steps, schedules } = found;
  const who = operations.map((operation, nth) => {
    const marks = [...(givesUp.includes(nth) ? ["may give up"] : []), ...(dies.includes(nth) ? ["may die"] : [])];
    return marks.length === 0 ? operation : `${operation} (${marks.join(", ")})`;
  });
  const how = `${isFull ? ", full at first" : ""}${isCoarse ? ", the table in one step" : ""}`;
  const numbers = `${states.toLocaleString("en")} states, ${steps.toLocaleString("en")} steps`;
  told.push(`${who.join(" | ")}${how}: ${numbers}, ${schedules.toPrecision(3)} schedules`);
  return found;
}

afterAll(() => {
  console.info(told.join("\n"));
});

const EVERY: readonly Operation[] = ["put", "take", "read", "swap", "lend", "modify"];
const pairs = EVERY.flatMap((one, nth) => EVERY.slice(nth).map((other) => [one, other] as const));

describe("two parties, both of which may give up and die anywhere", () => {
  test.each(pairs)("%s | %s", (...operations) => {
    const isFull = !operations.includes("put");
    const { states } = tryAll({ operations, givesUp: [0, 1], dies: [0, 1], isFull });
    expect(states).toBeGreaterThan(5000);
  });
});

const TRIPLES: readonly (readonly Operation[])[] = [
  ["put", "take", "take"],
  ["put", "put", "take"],
  ["swap", "take", "put"],
  ["read", "take", "put"],
  ["lend", "take", "put"],
];

describe.each(TRIPLES.map((operations, at) => [operations.join(" | "), operations, at % 3] as const))(
  "%s",
  (_, operations, at) => {
    test("in every order", { timeout: 60_000 }, () => {
      expect(tryAll({ operations }).states).toBeGreaterThan(20_000);
    });

    // One of them each time; together they take long.
    test.each(all ? [0, 1, 2] : [at])("where number %i may give up", { timeout: 60_000 }, (nth) => {
      expect(tryAll({ operations, givesUp: [nth], isWarm: true }).states).toBeGreaterThan(20_000);
    });

    test.runIf(all).each([0, 1, 2])("where number %i may die", { timeout: 600_000 }, (nth) => {
      expect(tryAll({ operations, dies: [nth], isWarm: true }).states).toBeGreaterThan(100_000);
    });
  },
);

describe("four parties, for which the table is read in one step and written in one", () => {
  const quadruples: readonly (readonly Operation[])[] = [
    ["put", "put", "take", "take"],
    ["read", "read", "take", "put"],
  ];

  test.runIf(all).each(quadruples)("%s | %s | %s | %s", { timeout: 600_000 }, (...operations) => {
    expect(tryAll({ operations, isWarm: true, isCoarse: true }).states).toBeGreaterThan(100_000);
  });
});
