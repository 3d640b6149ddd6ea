// Which threads live: a table in memory that all threads of the process share. Node tells the thread that has made a
// worker of its end; that one strikes it from the table, and wakes all others, who put in order what it has left.
import { subscribe } from "node:diagnostics_channel";
import { getEnvironmentData, isMainThread, setEnvironmentData, threadId } from "node:worker_threads";
import type { Worker } from "node:worker_threads";
import { TailraceError } from "../errors.ts";
import { detached } from "../waits/context.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";

const MOST_THREADS = 1024;

/** Words of the table: how many have died; a number by which to know it again; then for each thread who it is, and by whom. */
const DEATHS = 0;
const IDENTITY = 1;
const THREADS = 2;

/** Under this name the table goes to all workers that are made from here on. */
const KEY = "tailrace:threads";

interface Inherited {
  readonly memory: SharedArrayBuffer;
  /** The thread that passes it on. */
  readonly thread: number;
}

/** What is to be put in order when a thread has died. */
export interface Bereaved {
  bury(lives: Lives): void;
}

export class Lives {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #bereaved = new Set<WeakRef<Bereaved>>();
  readonly #forgotten = new FinalizationRegistry<WeakRef<Bereaved>>((ref) => this.#bereaved.delete(ref));

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
    this.#join();
    this.#listen();
  }

  /** How many have died: if that has changed, something may be to be put in order. */
  get deaths(): number {
    return Atomics.load(this.#words, DEATHS);
  }

  isAlive(thread: number): boolean {
    for (let at = THREADS; at < this.#words.length; at += 2) {
      if (Atomics.load(this.#words, at) === thread + 1) return true;
    }
    return false;
  }

  /** Whether another thread lives. */
  get others(): boolean {
    for (let at = THREADS; at < this.#words.length; at += 2) {
      const thread = Atomics.load(this.#words, at);
      if (thread !== 0 && thread !== threadId + 1) return true;
    }
    return false;
  }

  add(bereaved: Bereaved): void {
    const ref = new WeakRef(bereaved);
    this.#bereaved.add(ref);
    this.#forgotten.register(bereaved, ref);
  }

  /** A thread has died, and with it those that it has made. */
  strike(thread: number): void {
    for (let at = THREADS; at < this.#words.length; at += 2) {
      const number = Atomics.load(this.#words, at);
      if (number === thread + 1) Atomics.compareExchange(this.#words, at, number, 0);
      else if (number !== 0 && number !== 1 && Atomics.load(this.#words, at + 1) === thread + 1)
        this.strike(number - 1);
    }
    Atomics.add(this.#words, DEATHS, 1);
    Atomics.notify(this.#words, DEATHS);
  }

  #join(): void {
    if (this.isAlive(threadId)) return; // a copy of this module did so
    for (let at = THREADS; at < this.#words.length; at += 2) {
      if (Atomics.compareExchange(this.#words, at, 0, threadId + 1) !== 0) continue;
      Atomics.store(this.#words, at + 1, parent + 1);
      return;
    }
    throw new TailraceError("TAILRACE_THREADS", `more than ${MOST_THREADS.toString()} threads share memory`);
  }

  /** Waits for deaths as long as the thread lives; that keeps nobody alive. */
  #listen(): void {
    const { deaths } = this;
    for (const ref of this.#bereaved) ref.deref()?.bury(this);
    holdOn();
    const { value } = Atomics.waitAsync(this.#words, DEATHS, deaths);
    void Promise.resolve(value).then(() => {
      this.#listen();
    });
  }

  /** The same for two that are of the same memory. */
  static identityOf(memory: SharedArrayBuffer): number {
    return Atomics.load(new Int32Array(memory), IDENTITY);
  }
}

function newTable(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer((THREADS + 2 * MOST_THREADS) * Int32Array.BYTES_PER_ELEMENT);
  new Int32Array(memory)[IDENTITY] = Math.floor(Math.random() * 2 ** 31);
  return memory;
}

const inherited = getEnvironmentData(KEY) as unknown as Inherited | undefined;
const parent = inherited === undefined || inherited.thread === threadId ? -1 : inherited.thread;
const known = new Map<number, Lives>();

/** Workers that this thread has made, and that live. */
let children = 0;
/** Waits that somebody else has to end. */
let waits = 0;
let isShared = false;
const timer = detached(() => setInterval(() => undefined, LONGEST_TIMER)).unref();
let isHeld = false;

/** The table of this thread, or of one from which something comes. */
export function livesOf(memory: SharedArrayBuffer): Lives {
  const identity = Lives.identityOf(memory);
  let lives = known.get(identity);
  if (lives === undefined) known.set(identity, (lives = new Lives(memory)));
  return lives;
}

const own = inherited?.memory ?? newTable();
setEnvironmentData(KEY, { memory: own, thread: threadId } satisfies Inherited);

export function ownLives(): Lives {
  return livesOf(own);
}

/** Others may have something of what this thread waits for: somebody may answer from now on. */
export function share(): void {
  isShared = true;
  holdOn();
}

/** A wait begins, or has ended, that only somebody else can end. */
export function countWaits(by: 1 | -1): void {
  waits += by;
  if (waits === (by === 1 ? 1 : 0)) holdOn();
}

/** Keeps the thread alive while it waits and somebody may answer: Node does not count such waits. */
function holdOn(): void {
  const mayBeAnswered = !isMainThread || children > 0 || [...known.values()].some((lives) => lives.others);
  const holds = waits > 0 && isShared && mayBeAnswered;
  if (holds === isHeld) return;
  isHeld = holds;
  if (holds) timer.ref();
  else timer.unref();
}

const followed = new WeakSet<Worker>();

/**
 * Watches for the end of a worker, so that others go on if it dies with something of theirs. That happens by itself for
 * every worker that is made after `tailrace/threads` was imported; only for older ones this is to be called, by the
 * thread that has made them.
 *
 * @example
 * ```ts
 * import { Worker } from "node:worker_threads";
 *
 * const worker = new Worker(new URL("./child.js", import.meta.url));
 * const { follow } = await import("tailrace/threads");
 * follow(worker);
 * ```
 */
export function follow(worker: Worker): void {
  const thread = worker.threadId;
  if (thread < 0 || followed.has(worker)) return;
  followed.add(worker);
  children++;
  worker.once("exit", () => {
    children--;
    for (const lives of known.values()) lives.strike(thread);
    holdOn();
  });
}

subscribe("worker_threads", (message) => {
  follow((message as { readonly worker: Worker }).worker);
});
