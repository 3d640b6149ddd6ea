// Tries all orders in which parties can make their steps, each access to the memory being one. A party is run from its
// start for each step, with what it has read so far: so the code itself is tried, and not a copy of it in steps.
import type { Memory } from "../../src/threads/memory.ts";

/** A memory that can tell apart less than what was read. */
export interface Recorded extends Memory {
  /** Only what the call gives counts from then on, not what was read in it. If that is `same`, it was as if not made. */
  sum<T>(call: () => T, same?: T): T;
}

/** Code that gives the word to wait on, and the value as long as there is nothing to do. */
export type Code = (memory: Recorded) => Generator<{ readonly at: number; readonly value: number }, unknown, boolean>;

export interface Party {
  readonly name: string;
  readonly code: Code;
  /** Whether it may give up whenever it waits. */
  readonly mayGiveUp?: boolean;
  /** Whether it may die before any of its steps. */
  readonly mayDie?: boolean;
}

type Instant =
  | { readonly kind: "load"; readonly at: number }
  | { readonly kind: "wake"; readonly at: number }
  | { readonly kind: "update"; readonly at: number; readonly change: (word: number) => number }
  | { readonly kind: "store"; readonly at: number; readonly value: number }
  | { readonly kind: "add"; readonly at: number; readonly value: number }
  | { readonly kind: "swap"; readonly at: number; readonly expected: number; readonly value: number };

interface Wait {
  readonly kind: "wait";
  readonly at: number;
  readonly value: number;
}

export type Access = Instant | Wait;

/** What a party does next, or what has come of it. */
type Next =
  { readonly access: Access; readonly history: History } | { readonly result: unknown } | { readonly error: unknown };

type Read = number | boolean | undefined;

/** What some party has read, in order, and what has come of calls: the same of these is the same object. */
class History {
  readonly id: number;
  readonly before: History | undefined;
  readonly entry: { readonly read: Read } | { readonly result: unknown } | undefined;
  readonly #after = new Map<string, History>();
  readonly #next = new Map<Code, Next>();
  static #count = 0;

  constructor(before?: History, entry?: History["entry"]) {
    this.id = History.#count++;
    this.before = before;
    this.entry = entry;
  }

  after(read: Read): History {
    return this.#with({ read });
  }

  /** With what has come of calls that have ended, and what is next. */
  next(code: Code): Next {
    let next = this.#next.get(code);
    if (next === undefined) this.#next.set(code, (next = replay(code, this)));
    return next;
  }

  withResult(result: unknown): History {
    return this.#with({ result });
  }

  #with(entry: NonNullable<History["entry"]>): History {
    const key = JSON.stringify(entry);
    let history = this.#after.get(key);
    if (history === undefined) this.#after.set(key, (history = new History(this, entry)));
    return history;
  }

  /** The same for two of which the same becomes: what one has read that has ended does not count any more. */
  key(code: Code): string {
    const next = this.next(code);
    return "result" in next ? JSON.stringify(next.result) : "access" in next ? next.history.id.toString() : "error";
  }

  entries(): NonNullable<History["entry"]>[] {
    const before = this.before?.entries() ?? [];
    return this.entry === undefined ? before : [...before, this.entry];
  }
}

const START = new History();

/** In place of the number of schedules of a state that is on the way to itself. */
const BEGUN = -1;

class Stop {
  readonly access: Access;

  constructor(access: Access) {
    this.access = access;
  }
}

function replay(code: Code, start: History): Next {
  const entries = start.entries();
  let nth = 0;
  let history = START;
  const make = (access: Access): Read => {
    const entry = entries[nth];
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- not an error: the code stops here
    if (entry === undefined || !("read" in entry)) throw new Stop(access);
    nth++;
    history = history.after(entry.read);
    return entry.read;
  };
  const memory: Recorded = {
    load: (at) => make({ kind: "load", at }) as number,
    store: (at, value) => void make({ kind: "store", at, value }),
    swap: (at, expected, value) => make({ kind: "swap", at, expected, value }) as boolean,
    update: (at, change, a = 0, b = 0, c = 0) =>
      make({ kind: "update", at, change: (word) => change(word, a, b, c) }) as number,
    add: (at, value) => make({ kind: "add", at, value }) as number,
    wake: (at) => void make({ kind: "wake", at }),
    sum<T>(call: () => T, same?: T): T {
      const before = history;
      const entry = entries[nth];
      if (entry !== undefined && "result" in entry) {
        nth++;
        history = history.withResult(entry.result);
        return entry.result as T;
      }
      const result = call();
      history = same !== undefined && result === same ? before : before.withResult(result);
      return result;
    },
  };
  try {
    const running = code(memory);
    for (let step = running.next(); ;) {
      if (step.done === true) return { result: step.value };
      step = running.next(make({ kind: "wait", ...step.value }) as boolean);
    }
  } catch (error) {
    return error instanceof Stop ? { access: error.access, history } : { error };
  }
}

/** How it stands with a party. */
interface Standing {
  readonly history: History;
  /** The word on which it sleeps, or -1. */
  readonly asleep: number;
  readonly isDead: boolean;
  /** The parties that waited when it began, as bits; -1 before. */
  readonly behind: number;
}

interface State {
  readonly words: readonly number[];
  readonly parties: readonly Standing[];
  /** The one who has died, or -1. */
  readonly dead: number;
  /** What puts in order what that one has left. */
  readonly supervisor: History | undefined;
}

/** How it ended with a party. */
export type Outcome = { readonly result: unknown } | "waits" | "dead";

export interface Ending {
  readonly words: readonly number[];
  readonly outcomes: readonly Outcome[];
  /** For each party those that waited when it began, as bits. */
  readonly behind: readonly number[];
}

/** What the search need not try, because it makes no difference; the caller says why. */
export interface Reduction {
  /** Whether that step of a party can be made at once after the one before: what others do meanwhile is not seen by it. */
  isHidden(nth: number, access: Access, words: readonly number[]): boolean;
  /** A word of which no party that is left makes anything. */
  readonly ignored?: number | undefined;
  /** Whether `behind` is wanted. */
  readonly tracksOrder: boolean;
}

export interface Search {
  readonly states: number;
  readonly steps: number;
  /** Orders in which the steps can be made, as exactly as a number of that size is. */
  readonly schedules: number;
}

/**
 * @param supervise what a further party does when one has died
 * @param check is called at each end, when nobody can make a step
 * @throws what `check` throws, what a party throws, and if steps lead to where they began, which may then go on for ever;
 * with the steps that have led there
 */
export function search(
  words: readonly number[],
  parties: readonly Party[],
  supervise: (dead: number) => Code,
  check: (ending: Ending) => void,
  reduction: Reduction,
): Search {
  const { ignored, tracksOrder } = reduction;
  const supervisors = parties.map((_, nth) => supervise(nth));
  const codes = parties.map(({ code }) => code);
  const known = new Map<string, number>();
  const trace: string[] = [];
  let steps = 0;

  function explore(state: State): number {
    const key = keyOf(state, codes, supervisors);
    const before = known.get(key);
    if (before === BEGUN) throw new Error("it goes round in circles");
    if (before !== undefined) return before;
    known.set(key, BEGUN);
    let schedules = 0;
    const go = (name: string, after: State): void => {
      steps++;
      trace.push(name);
      schedules += explore(after);
      trace.pop();
    };
    for (const [nth, { name, code, mayGiveUp, mayDie }] of parties.entries()) {
      const standing = state.parties[nth];
      if (standing === undefined || standing.isDead) continue;
      const { asleep } = standing;
      const next = standing.history.next(code);
      if ("error" in next) throw next.error;
      if ("result" in next) continue;
      const { access, history } = next;
      if (mayDie === true && state.dead < 0) {
        const parties = state.parties.with(nth, { ...standing, asleep: -1, isDead: true });
        go(`${name} dies`, { ...state, parties, dead: nth, supervisor: START });
      }
      if (mayGiveUp === true && access.kind === "wait") {
        const gone = { ...standing, asleep: -1, history: history.after(false) };
        go(`${name} gives up`, { ...state, parties: state.parties.with(nth, gone) });
      }
      if (asleep >= 0) continue;
      const behind = standing.behind < 0 && tracksOrder ? waiting(state, parties) : standing.behind;
      const { read, sleeps, ...after } =
        access.kind === "wait" ? wait(state, access) : { ...make(state, access), sleeps: false };
      const stood = sleeps ? { ...standing, asleep: access.at } : { ...standing, behind, history: history.after(read) };
      let made = { ...state, ...after, parties: after.parties.with(nth, stood) };
      for (let next = sleeps ? undefined : stood.history.next(code); ;) {
        if (next === undefined || !("access" in next) || next.access.kind === "wait") break;
        if (!reduction.isHidden(nth, next.access, made.words)) break;
        const { read, ...after } = make(made, next.access);
        const history = next.history.after(read);
        if (next.access.at === ignored) after.words = made.words;
        made = { ...made, ...after, parties: after.parties.with(nth, { ...stood, history }) };
        next = history.next(code);
      }
      go(`${name}: ${show(access)}`, made);
    }
    const code = supervisors[state.dead];
    if (state.supervisor !== undefined && code !== undefined) {
      const next = state.supervisor.next(code);
      if ("error" in next) throw next.error;
      if ("access" in next && next.access.kind !== "wait") {
        const { read, ...after } = make(state, next.access);
        go(`supervisor: ${show(next.access)}`, { ...state, ...after, supervisor: next.history.after(read) });
      }
    }
    if (schedules === 0) {
      schedules = 1;
      check({
        words: state.words,
        behind: state.parties.map(({ behind }) => Math.max(behind, 0)),
        outcomes: state.parties.map(({ history, isDead }, nth) => {
          const next = isDead ? undefined : history.next(parties[nth]?.code ?? never);
          return next === undefined ? "dead" : "result" in next ? { result: next.result } : "waits";
        }),
      });
    }
    known.set(key, schedules);
    return schedules;
  }

  try {
    const stood = { history: START, asleep: -1, isDead: false, behind: -1 };
    const schedules = explore({ words, parties: parties.map(() => stood), dead: -1, supervisor: undefined });
    return { states: known.size, steps, schedules };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${why}\nafter:\n  ${trace.join("\n  ")}`, { cause });
  }
}

function never(): never {
  throw new Error("no such party");
}

function waiting(state: State, parties: readonly Party[]): number {
  let bits = 0;
  for (const [nth, { history, isDead }] of state.parties.entries()) {
    const next = isDead ? undefined : history.next(parties[nth]?.code ?? never);
    if (next !== undefined && "access" in next && next.access.kind === "wait") bits |= 1 << nth;
  }
  return bits;
}

type After = { words: readonly number[] } & Pick<State, "parties"> & { readonly read: number | boolean | undefined };

function make({ words, parties }: State, access: Instant): After {
  const { at } = access;
  const value = words[at] ?? never();
  if (access.kind === "load") return { words, parties, read: value };
  if (access.kind === "update") return { words: words.with(at, access.change(value)), parties, read: value };
  if (access.kind === "store") return { words: words.with(at, access.value), parties, read: undefined };
  if (access.kind === "add") return { words: words.with(at, (value + access.value) | 0), parties, read: value };
  if (access.kind === "wake") {
    const woken = (one: Standing): Standing =>
      one.asleep === at ? { ...one, asleep: -1, history: one.history.after(true) } : one;
    return { words, parties: parties.map(woken), read: undefined };
  }
  const isExpected = value === access.expected;
  return { words: isExpected ? words.with(at, access.value) : words, parties, read: isExpected };
}

/** As `Atomics.wait`: it sleeps only if the word has the value. */
function wait({ words, parties }: State, { at, value }: Wait): After & { sleeps: boolean } {
  return { words, parties, read: true, sleeps: words[at] === value };
}

function show(access: Access): string {
  const value = !("value" in access) ? "" : ` ${access.value.toString()}`;
  return `${access.kind} ${access.at.toString()}${value}`;
}

function keyOf(
  { words, parties, dead, supervisor }: State,
  codes: readonly Code[],
  supervisors: readonly Code[],
): string {
  const standings = parties.map(({ history, asleep, isDead, behind }, nth) => {
    const key = isDead ? "dead" : history.key(codes[nth] ?? never);
    return `${key} ${asleep.toString()} ${behind.toString()}`;
  });
  return `${words.join()} ${standings.join()} ${dead.toString()} ${supervisor?.key(supervisors[dead] ?? never) ?? ""}`;
}
