// How a thread waits for its turn: by a promise, or by standing still.
import { isMainThread } from "node:worker_threads";
import { milliseconds, options as optionsOf } from "../arguments.ts";
import { TailraceError, TimeoutError } from "../errors.ts";
import { OwnerDiedError } from "../mvar/errors.ts";
import { paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Resource } from "../waits/registry.ts";
import { gaveUp, place } from "../waits/report.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import { CrowdedError, MOST_WAITERS } from "./gate.ts";
import type { Entering, Gate, Hold, Kind } from "./gate.ts";
import { countWaits } from "./lives.ts";
import type { Bereaved, Lives } from "./lives.ts";

/** How long an operation may stand still. */
export interface SyncWaitOptions {
  /** Milliseconds after which the operation throws a `TimeoutError` and has not happened. Default: no limit. */
  readonly timeout?: number | undefined;
}

/** Milliseconds after which a thread that stands still looks whether somebody has died: nobody can tell it. */
const LOOK = 250;

/**
 * How often a thread looks at least, and at most, before it lets itself be stopped: to be stopped and woken takes some
 * 10,000 ns, a look 5 to 10. It looks longer where that has helped (as an adaptive mutex does).
 */
const LEAST_LOOKS = 16;
const MOST_LOOKS = 4096;
const PROBE = 32;

/** How often one that does not wait tries while somebody else has the turn for a moment. */
const TRIES = 1000;

/** What wants the turn. */
export interface Wish<R> {
  readonly operation: string;
  readonly kind: Kind;
  readonly hold: Hold;
  /** What is done with the turn; it passes it on, unless it is to be held. */
  readonly serve: () => R;
}

/** One thread's view of a gate, by which it waits. */
export class Turns implements Bereaved {
  readonly gate: Gate;
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly queue: WaiterQueue<Waiter<unknown>> = new WaiterQueue<Waiter<unknown>>();
  readonly #resource: Resource;
  readonly #lives: Lives;
  readonly #mayStandStill: boolean;
  readonly #repair: () => void;
  #deaths: number;
  #most = MOST_LOOKS;
  #waits = 0;

  /** @param repair puts in order what the dead have left; without it, the gate alone */
  constructor(
    resource: Resource,
    words: Int32Array<SharedArrayBuffer>,
    gate: Gate,
    lives: Lives,
    mayStandStill: boolean,
    repair?: () => void,
  ) {
    this.gate = gate;
    this.words = words;
    this.#resource = resource;
    this.#lives = lives;
    this.#mayStandStill = mayStandStill || !isMainThread;
    this.#repair =
      repair ??
      (() => {
        gate.repair((thread) => lives.isAlive(thread));
      });
    this.#deaths = lives.deaths;
    lives.add(this);
  }

  /** Waits for the turn. */
  take<R>(wish: Wish<R>, wait: WaitOptions | undefined): Promise<R> {
    try {
      const limits = startLimits(wait);
      if (this.gate.tryEnter(wish.kind, wish.hold)) return paced(wish.serve());
      const waiter = new TurnWaiter(this, wish, this.#resource);
      waiter.limit(limits);
      waiter.begin();
      return waiter.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  /** Takes the turn if that needs nobody else. */
  try<R, Otherwise>({ kind, hold, serve }: Wish<R>, otherwise: Otherwise): R | Otherwise {
    for (let tries = 0; tries < TRIES; tries++) {
      const { isMoving } = this.gate;
      if (this.gate.tryEnter(kind, hold)) return serve();
      if (!isMoving) break;
    }
    return otherwise;
  }

  /** Stands still until it has the turn. */
  takeSync<R>({ operation, kind, hold, serve }: Wish<R>, wait: SyncWaitOptions | undefined): R {
    const { timeout: given } = optionsOf("wait", wait);
    const timeout = given === undefined ? Infinity : milliseconds("timeout", given);
    if (!this.#mayStandStill) {
      const { kind, name } = this.#resource;
      const where = `${operation} on ${place(kind, name)}`;
      const why = "would stop the event loop of the main thread, and with it all that others wait for from there";
      throw new TailraceError("TAILRACE_SYNC_ON_MAIN", `${where} ${why}; if that is what you want: allowSyncOnMain`);
    }
    if (this.gate.tryEnter(kind, hold)) return serve();
    const record = new WaitRecord(operation, this.#resource);
    if (timeout === 0 || !this.#standStill(record, this.gate.enter(kind, hold), this.gate.waiting(kind), timeout)) {
      throw new TimeoutError(gaveUp(record, timeout));
    }
    return serve();
  }

  bury(lives: Lives): void {
    const { deaths } = lives;
    if (deaths === this.#deaths) return;
    this.#deaths = deaths;
    this.#repair();
  }

  #standStill(record: WaitRecord, entering: Entering, waiting: number, timeout: number): boolean {
    const end = performance.now() + timeout;
    let step = this.first(entering);
    enter(record);
    try {
      while (step.done !== true) step = entering.next(this.#sleep(step.value, waiting, end));
    } finally {
      leave(record);
    }
    return step.value;
  }

  /** Says whether the word has changed in time. */
  #sleep(at: number, waiting: number, end: number): boolean {
    if (this.#looks(at, waiting)) return true;
    while (Atomics.load(this.words, at) === waiting) {
      const left = end - performance.now();
      if (left <= 0) return false;
      const woken = Atomics.wait(this.words, at, waiting, Math.min(left, LOOK));
      if (woken === "timed-out") this.bury(this.#lives);
    }
    return true;
  }

  /** Says whether the word has changed soon. */
  #looks(at: number, waiting: number): boolean {
    // Now and then it looks for long, whatever has helped before: others may be quicker than they were.
    const most = ++this.#waits % PROBE === 0 ? MOST_LOOKS : this.#most;
    for (let look = 0; look < most; look++) {
      if (Atomics.load(this.words, at) === waiting) continue;
      this.#most = Math.min(2 * most, MOST_LOOKS);
      return true;
    }
    this.#most = Math.max(this.#most / 2, LEAST_LOOKS);
    return false;
  }

  /** Begins a wait. */
  first(entering: Entering): IteratorResult<number, boolean> {
    try {
      return entering.next();
    } catch (error) {
      if (!(error instanceof CrowdedError)) throw error;
      const where = place(this.#resource.kind, this.#resource.name);
      throw new TailraceError("TAILRACE_CROWDED", `${where} has ${MOST_WAITERS.toString()} waiters; no more can wait`);
    }
  }
}

class TurnWaiter<R> extends Waiter<R> {
  readonly #turns: Turns;
  readonly #serve: () => R;
  readonly #entering: Entering;
  readonly #waiting: number;
  #at = 0;
  #isOver = false;

  constructor(turns: Turns, { operation, kind, hold, serve }: Wish<R>, resource: Resource) {
    super(operation, resource);
    this.#turns = turns;
    this.#serve = serve;
    this.#entering = turns.gate.enter(kind, hold);
    this.#waiting = turns.gate.waiting(kind);
  }

  begin(): void {
    try {
      const step = this.#turns.first(this.#entering);
      this.#turns.queue.add(this);
      countWaits(1);
      this.#go(step);
    } catch (error) {
      super.abandon(error);
    }
  }

  override abandon(reason: unknown): void {
    if (this.#isOver) return;
    const step = this.#entering.next(false);
    if (step.value === true) {
      this.#serveNow(); // it was served before it could give up
      return;
    }
    this.#end();
    super.abandon(reason);
  }

  #go(begun: IteratorResult<number, boolean>): void {
    let step = begun;
    while (step.done !== true) {
      this.#at = step.value;
      const { async, value } = Atomics.waitAsync(this.#turns.words, step.value, this.#waiting);
      if (async) {
        void value.then(() => {
          if (this.#isOver) return;
          const isWoken = Atomics.load(this.#turns.words, this.#at) !== this.#waiting;
          this.#go(isWoken ? this.#entering.next(true) : { done: false, value: this.#at });
        });
        return;
      }
      step = this.#entering.next(true);
    }
    this.#serveNow();
  }

  #serveNow(): void {
    this.#end();
    try {
      this.resolve(this.#serve());
    } catch (error) {
      super.abandon(error);
    }
  }

  #end(): void {
    this.#isOver = true;
    countWaits(-1);
  }
}

/** How a thread is called. */
export function nameOfThread(thread: number): string {
  return thread === 0 ? "the main thread" : `thread ${thread.toString()}`;
}

/** @param what what they had, and a preposition */
export function ownerDied({ kind, name }: Resource, thread: number, what: string): OwnerDiedError {
  const owner = nameOfThread(thread);
  return new OwnerDiedError(owner, `${owner} has died with ${what} ${place(kind, name)}`);
}
