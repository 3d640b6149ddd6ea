// Parties of a box in a memory of words, and what must be true when nobody can go on.
import { Box } from "../../src/threads/box.ts";
import { Gate, LENT, OWNED, PUT, READ, TAKE } from "../../src/threads/gate.ts";
import type { Best, Entering, Hold, Kind } from "../../src/threads/gate.ts";
import type { Code, Ending, Party, Recorded, Reduction } from "./search.ts";

/** Words of the gate before its table, which has room for so many parties here. */
const HEAD = 5;

export type Operation = "put" | "take" | "read" | "swap" | "lend" | "modify";

/** What a party has come to. */
export interface Done {
  readonly got?: number;
  readonly put?: number;
  readonly gaveUp?: true;
  readonly told?: true;
}

class Told extends Error {}

/** What is in a box that is full at first. */
const INITIAL = 99;

/** A memory for so many parties. */
export function wordsOf(parties: number, isFull: boolean, isWarm: boolean): number[] {
  const head = [isFull ? 1 : 0, 0, isWarm ? parties : 0, 0, 0];
  return [...head, ...new Array<number>(2 * parties).fill(0), INITIAL, INITIAL, 0, 0];
}

/** The real gate. Of its parts counts only what they give: that keeps the states apart that differ, and no others. */
export class SummedGate extends Gate {
  declare protected readonly memory: Recorded;

  override mark(): void {
    this.memory.sum(() => {
      super.mark();
      return null;
    });
  }

  protected override reserve(): number {
    return this.memory.sum(() => super.reserve());
  }

  protected override arrive(place: number, kind: Kind, hold: Hold): boolean {
    return this.memory.sum(() => super.arrive(place, kind, hold));
  }

  protected override answer(place: number, kind: Kind, hold: Hold, goesOn: boolean): boolean | undefined {
    return this.memory.sum(() => super.answer(place, kind, hold, goesOn) ?? null) ?? undefined;
  }

  protected override pass(committed: number): number {
    return this.memory.sum(() => super.pass(committed), committed);
  }

  protected override next(isFull: boolean): number | undefined {
    const place = this.memory.sum(() => super.next(isFull) ?? -1);
    return place < 0 ? undefined : place;
  }

  protected override look(place: number, isFull: boolean, best: Best | undefined): Best | undefined {
    return this.memory.sum(() => super.look(place, isFull, best) ?? null) ?? undefined;
  }
}

/** A value is two words, written one after the other: who reads a half finds that they differ. */
function boxOf(memory: Recorded, thread: number, parties: number): Box<number> {
  const at = HEAD + 2 * parties;
  return new Box(
    new SummedGate(memory, 0, thread),
    {
      write(buffer, value) {
        memory.store(at + 2 * buffer, value);
        memory.store(at + 2 * buffer + 1, value);
      },
      read(buffer) {
        const value = memory.load(at + 2 * buffer);
        const other = memory.load(at + 2 * buffer + 1);
        if (value !== other) throw new Error(`read half of ${value.toString()} and half of ${other.toString()}`);
        return value;
      },
    },
    () => new Told(),
  );
}

export function* waitsOf(
  entering: Entering,
  value: number,
): Generator<{ at: number; value: number }, boolean, boolean> {
  for (let step = entering.next(); ;) {
    if (step.done === true) return step.value;
    step = entering.next(yield { at: step.value, value });
  }
}

/** What a party puts: nobody else puts the same. */
export function valueOf(nth: number): number {
  return 100 + nth;
}

function codeOf(operation: Operation, nth: number, parties: number): Code {
  return function* (memory) {
    const box = boxOf(memory, nth, parties);
    const value = valueOf(nth);
    const kind: Kind = operation === "put" ? PUT : operation === "read" ? READ : TAKE;
    const hold = operation === "lend" || operation === "modify" ? LENT : OWNED;
    const isMine = yield* waitsOf(box.gate.enter(kind, hold), box.gate.waiting(kind));
    if (!isMine) return { gaveUp: true } satisfies Done;
    try {
      if (operation === "put") {
        box.put(value);
        return { put: value } satisfies Done;
      }
      if (operation === "take") return { got: box.take() } satisfies Done;
      if (operation === "read") return { got: box.read() } satisfies Done;
      if (operation === "swap") return { got: box.swap(value), put: value } satisfies Done;
      const got = box.lend();
      if (operation === "lend") {
        box.giveBack();
        return {} satisfies Done;
      }
      box.replace(value);
      return { got, put: value } satisfies Done;
    } catch (error) {
      if (error instanceof Told) return { told: true } satisfies Done;
      throw error;
    }
  };
}

export function supervisorOf(dead: number, parties: number): Code {
  return function* (memory) {
    boxOf(memory, parties, parties).gate.repair((thread) => thread !== dead);
  };
}

/** Of an end: what is in the box, and what the state says. */
function contentOf(words: readonly number[], parties: number): { readonly value?: number; readonly isFree: boolean } {
  const state = words[0] ?? 0;
  const isFree = (state & 6) === 0;
  if ((state & 1) === 0) return { isFree };
  const value = words[HEAD + 2 * parties + 2 * ((state >> 3) & 1)];
  return value === undefined ? { isFree } : { value, isFree };
}

/** Throws unless nothing is lost, nothing comes twice, and nobody waits who could be served. */
export function checkEnd(
  operations: readonly Operation[],
  wasFull: boolean,
  { words, outcomes, behind }: Ending,
): void {
  const { value, isFree } = contentOf(words, operations.length);
  if (!isFree) throw new Error("somebody still has the turn");
  const isFull = value !== undefined;
  for (const [nth, outcome] of outcomes.entries()) {
    if (outcome === "waits" && (operations[nth] !== "put") === isFull) {
      throw new Error(`party ${nth.toString()} waits to ${operations[nth] ?? ""}, and could`);
    }
  }
  // Values that went in for certain or perhaps, and values that came out.
  const certain = new Set<number>(wasFull ? [INITIAL] : []);
  const possible = new Set<number>();
  const out: number[] = isFull ? [value] : [];
  let perhapsOut = 0;
  for (const [nth, outcome] of outcomes.entries()) {
    const operation = operations[nth];
    if (outcome === "dead") {
      if (operation === "put" || operation === "swap" || operation === "modify") possible.add(valueOf(nth));
      if (operation === "take" || operation === "swap" || operation === "modify") perhapsOut++;
    } else if (outcome !== "waits") {
      const { put, got } = outcome.result as Done;
      if (put !== undefined) certain.add(put);
      if (got !== undefined && operation !== "read") out.push(got);
    }
  }
  if (new Set(out).size < out.length) throw new Error(`a value came out twice: ${out.join()}`);
  for (const one of out) {
    if (!certain.has(one) && !possible.has(one)) throw new Error(`${one.toString()} came out, and was not put`);
  }
  const lost = [...certain].filter((one) => !out.includes(one));
  if (lost.length > perhapsOut) throw new Error(`lost: ${lost.join()}`);

  // Of those who want the same, who came first is served first.
  for (const [nth, outcome] of outcomes.entries()) {
    if (outcome === "waits" || outcome === "dead" || (outcome.result as Done).gaveUp === true) continue;
    for (const [earlier, other] of outcomes.entries()) {
      if (operations[earlier] !== operations[nth] || ((behind[nth] ?? 0) & (1 << earlier)) === 0) continue;
      if (other === "waits") throw new Error(`party ${nth.toString()} came before ${earlier.toString()}, out of turn`);
    }
  }

  // Whoever reads and was there before the only put has got that value.
  const puts = operations.flatMap((operation, nth) => (operation === "put" ? [nth] : []));
  const [first] = puts;
  const others = operations.some((operation) => operation === "swap" || operation === "modify");
  if (wasFull || puts.length !== 1 || first === undefined || others) return;
  const put = outcomes[first];
  if (put === undefined || put === "waits" || put === "dead" || (put.result as Done).put === undefined) return;
  for (const [nth, outcome] of outcomes.entries()) {
    if (operations[nth] !== "read" || ((behind[first] ?? 0) & (1 << nth)) === 0 || outcome === "dead") continue;
    const done = outcome === "waits" ? undefined : (outcome.result as Done);
    if (done?.gaveUp !== true && done?.got !== valueOf(first))
      throw new Error("who read first did not get the next put");
  }
}

const OWNED_HOLDS = 4;

/**
 * What makes no difference to others:
 * - what only who has the turn reads and writes: the buffers, who has died, which tickets are older than the value; that
 *   this is so is tested at each step;
 * - a look at the state by who has the turn: only the bit for news can change, and that is not looked at;
 * - the bound of the table, if it has its final value from the start;
 * - where nobody gives up or dies, tickets: a place is then not used again while somebody looks at the table; and a wake-up
 *   directly after what it tells.
 * Coarse is what leaves out orders that do make one, for more parties: the table is then read in one step, and written.
 *
 * Before each step of one who may die all of that is tried.
 */
export function reductionOf(
  operations: readonly Operation[],
  parties: readonly Party[],
  isWarm: boolean,
  isCoarse = false,
): Reduction {
  const places = HEAD + 2 * operations.length;
  const isCalm = parties.every(({ mayDie, mayGiveUp }) => mayDie !== true && mayGiveUp !== true);
  const reads = operations.includes("read");
  return {
    tracksOrder: reads || !isCoarse,
    ignored: reads ? undefined : 3,
    isHidden(nth, { kind, at }, words) {
      if (parties[nth]?.mayDie === true) return false;
      const state = words[0] ?? 0;
      const isOwner = (state & OWNED_HOLDS) !== 0 && state >>> 6 === nth;
      if (at === 3 || at === 4 || at >= places) {
        if (!isOwner) throw new Error(`uses word ${at.toString()} without having the turn`);
        return true;
      }
      if (at === 0) return kind === "load" && isOwner;
      if (at === 1) return isCoarse || (!reads && kind === "load");
      if (at === 2) return isWarm;
      if ((at - HEAD) % 2 === 1) return isCalm;
      if (isCoarse && (kind === "store" || (kind === "load" && isOwner))) return true;
      return kind === "wake" && isCalm;
    },
  };
}

export function partiesOf(operations: readonly Operation[], more?: (nth: number) => Partial<Party>): Party[] {
  return operations.map((operation, nth) => ({
    name: `${operation} ${nth.toString()}`,
    code: codeOf(operation, nth, operations.length),
    ...more?.(nth),
  }));
}
