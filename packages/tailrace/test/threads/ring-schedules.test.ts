// A ring with room for one frame, or two, under every order of the steps of those who send and receive.
import { afterAll, expect, test } from "vitest";
import { ByteRing } from "../../src/threads/byte-ring.ts";
import type { Frames } from "../../src/threads/byte-ring.ts";
import { OWNED, TAKE } from "../../src/threads/gate.ts";
import { SummedGate, waitsOf } from "./parties.ts";
import { search } from "./search.ts";
import type { Code, Outcome, Recorded } from "./search.ts";

interface Trial {
  readonly parties: readonly ("send" | "send twice" | "receive" | "receive twice" | "close")[];
  readonly size: number;
  readonly givesUp?: number;
  readonly dies?: number;
}

const gateWords = (parties: number): number => 5 + 2 * parties;

function ringOf(memory: Recorded, thread: number, { parties, size }: Trial): ByteRing<number> {
  const words = gateWords(parties.length);
  const start = 3 * words + 4;
  const frames: Frames<number> = {
    size,
    sizeOf: () => 1,
    write: (position, value) => {
      memory.store(start + position, value);
    },
    read: (position) => ({ value: memory.load(start + position), size: 1 }),
  };
  return new ByteRing(memory, 3 * words, frames, (nth, isFull) => new SummedGate(memory, nth * words, thread, isFull));
}

type Waiting = Generator<{ at: number; value: number }, boolean, boolean>;

function* send(ring: ByteRing<number>, value: number): Waiting {
  if (!(yield* waitsOf(ring.senders.enter(TAKE, OWNED), ring.senders.waiting(TAKE)))) return false;
  for (;;) {
    const outcome = ring.trySend(value);
    if (outcome !== "full") {
      ring.endSend();
      return outcome === "sent";
    }
    const hasTurn = yield* waitsOf(ring.room.enter(TAKE, OWNED), ring.room.waiting(TAKE));
    if (hasTurn) ring.room.leave(true);
    else {
      ring.endSend();
      return false;
    }
  }
}

function* receive(ring: ByteRing<number>, got: number[]): Waiting {
  if (!(yield* waitsOf(ring.receivers.enter(TAKE, OWNED), ring.receivers.waiting(TAKE)))) return false;
  got.push(...ring.receive(1));
  return true;
}

interface Done {
  readonly sent: readonly number[];
  readonly got: readonly number[];
}

function codeOf(nth: number, trial: Trial): Code {
  return function* (memory) {
    const ring = ringOf(memory, nth, trial);
    const sent: number[] = [];
    const got: number[] = [];
    const act = trial.parties[nth];
    const times = act?.endsWith("twice") === true ? 2 : 1;
    if (act === "close") ring.close();
    for (let time = 0; time < times; time++) {
      const value = 10 * (nth + 1) + time;
      if (act?.startsWith("send") === true && (yield* send(ring, value))) sent.push(value);
      if (act?.startsWith("receive") === true) yield* receive(ring, got);
    }
    return { sent, got } satisfies Done;
  };
}

const told: string[] = [];
afterAll(() => {
  console.info(told.join("\n"));
});

function check({ parties, size }: Trial, words: readonly number[], outcomes: readonly Outcome[]): void {
  const at = 3 * gateWords(parties.length);
  const [head = 0, tail = 0, , closed = 0] = words.slice(at, at + 4);
  const left: number[] = [];
  for (let position = head; position !== tail; position = (position + 1) % (2 * size)) {
    left.push(words[at + 4 + (position % size)] ?? 0);
  }
  const done = outcomes.flatMap((outcome) => (typeof outcome === "string" ? [] : [outcome.result as Done]));
  const out = [...done.flatMap(({ got }) => got), ...left];
  if (new Set(out).size < out.length) throw new Error(`something came twice: ${out.join()}`);
  const isWhole = parties[outcomes.indexOf("dead")]?.startsWith("receive") !== true;
  const lost = done.flatMap(({ sent }) => sent).filter((value) => !out.includes(value));
  if (isWhole && lost.length > 0) throw new Error(`lost: ${lost.join()}`);
  for (const [nth, outcome] of outcomes.entries()) {
    if (outcome !== "waits") continue;
    const isServed = parties[nth]?.startsWith("receive") === true ? left.length > 0 : left.length < size;
    if (isServed || closed !== 0) throw new Error(`party ${nth.toString()} waits, and could go on`);
  }
}

/** What takes several seconds each: TURNS=all tries that, too. */
const longer: readonly Trial[] = [
  { parties: ["send twice", "receive"], size: 1, givesUp: 0 },
  { parties: ["send twice", "receive"], size: 1, dies: 1 },
];

test.each<Trial>([
  ...(typeof process === "object" && process.env["TURNS"] === "all" ? longer : []),
  { parties: ["send twice", "receive twice"], size: 1 },
  { parties: ["send twice", "receive twice"], size: 2 },
  { parties: ["send", "receive twice"], size: 1, givesUp: 1 },
  { parties: ["send twice", "receive"], size: 1, dies: 0 },
  { parties: ["send twice", "close"], size: 1 },
  { parties: ["receive", "close"], size: 1 },
  { parties: ["receive", "close"], size: 1, dies: 1 },
])("nothing is lost or comes twice, and nobody waits who could go on: %j", { timeout: 120_000 }, (trial) => {
  const { parties, size, givesUp, dies } = trial;
  const words = new Array<number>(3 * gateWords(parties.length) + 4 + size).fill(0).with(0, 1);
  const { states, steps, schedules } = search(
    words,
    parties.map((name, nth) => ({
      name: `${name} ${nth.toString()}`,
      code: codeOf(nth, trial),
      mayGiveUp: nth === givesUp,
      mayDie: nth === dies,
    })),
    (dead) =>
      function* (memory) {
        ringOf(memory, parties.length, trial).repair((thread) => thread !== dead);
      },
    ({ words: left, outcomes }) => {
      check(trial, left, outcomes);
    },
    { isHidden: () => false, tracksOrder: false },
  );
  const how = `${givesUp === undefined ? "" : ", one may give up"}${dies === undefined ? "" : ", one may die"}`;
  const numbers = `${states.toLocaleString("en")} states, ${steps.toLocaleString("en")} steps`;
  told.push(
    `${parties.join(" | ")}, room for ${size.toString()}${how}: ${numbers}, ${schedules.toPrecision(3)} schedules`,
  );
  expect(states).toBeGreaterThan(50);
});
