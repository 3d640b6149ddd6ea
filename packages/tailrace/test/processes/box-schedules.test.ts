// The states of a broker and its clients in which a few of them can be, all of them: every order in which they begin, in
// which messages arrive, and in which they give up or die in between.
import { expect, test } from "vitest";
import { World } from "./world.ts";
import type { Act } from "./world.ts";

interface Explored {
  readonly states: number;
  /** Ways through them, from the beginning to an end. */
  readonly schedules: bigint;
}

function explore(acts: readonly Act[], faults: number): Explored {
  /** Ways from each state to an end. */
  const ways = new Map<string, bigint>();

  function follow(path: World["steps"]): bigint {
    const world = new World(acts, faults);
    for (const step of path) world.take(step);
    const known = ways.get(world.key);
    if (known !== undefined) return known;
    world.check();
    const { key, steps } = world;
    if (steps.every(([what]) => what === "dies")) world.checkEnd();
    const found = steps.length === 0 ? 1n : steps.reduce((sum, step) => sum + follow([...path, step]), 0n);
    ways.set(key, found);
    return found;
  }

  const schedules = follow([]);
  return { states: ways.size, schedules };
}

/** All four of them with any number of faults are 600,000 states, half a minute: `FAULTS=8`. */
const FAULTS = typeof process === "object" ? Number(process.env["FAULTS"] ?? 2) : 2;

test.each<[Act[], Explored]>([
  [["put", "take"], { states: 590, schedules: 241_848n }],
  [["swap", "put"], { states: 590, schedules: 241_848n }],
  [["put", "modify"], { states: 716, schedules: 259_118n }],
  [["put", "modify", "take"], { states: 23_248, schedules: 192_522_766_376n }],
  [["swap", "take", "put"], { states: 13_966, schedules: 88_745_286_996n }],
  [["put", "tryTake", "tryPut"], { states: 8577, schedules: 229_802_502n }],
])("%j, any of whom may give up and die: no value is lost or twice, nobody forgotten or passed by", (acts, all) => {
  expect(explore(acts, Infinity)).toEqual(all);
});

test.each<[Act[], Explored]>([
  [["put", "put", "take", "take"], { states: 28_824, schedules: 12_195_077_332n }],
  [["read", "read", "take", "put"], { states: 21_228, schedules: 6_645_658_210n }],
])("%j, two of whom give up or die: no value is lost or twice, nobody forgotten or passed by", (acts, all) => {
  const explored = explore(acts, FAULTS);
  if (FAULTS === 2) expect(explored).toEqual(all);
  else console.info(acts, explored);
});
