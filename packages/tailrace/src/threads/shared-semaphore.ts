import { threadId } from "node:worker_threads";
import { count, isObject, nameOf, options as optionsOf, outOfRange, wrongType } from "../arguments.ts";
import { TailraceError } from "../errors.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { Gate, GATE_WORDS, OWNED, TAKE } from "./gate.ts";
import { livesOf, ownLives, share } from "./lives.ts";
import { SharedMemory } from "./memory.ts";
import { PERMIT_WORDS, Permits } from "./permits.ts";
import { checkCrossing, listenForCrossing } from "./self-test.ts";
import { nameOfThread, ownerDied, Turns } from "./turns.ts";
import type { SyncWaitOptions, Wish } from "./turns.ts";

/** Options of `openSharedSemaphore`. */
export interface OpenSharedSemaphoreOptions {
  /** Whether `acquireSync` may stop the main thread. Default: no. */
  readonly allowSyncOnMain?: boolean | undefined;
}

/** Options of `sharedSemaphore`. */
export interface SharedSemaphoreOptions extends OpenSharedSemaphoreOptions {
  /** Name in reports and errors, in all threads. Default: `semaphore-1`, `semaphore-2`, … */
  readonly name?: string | undefined;
}

/** What can be handed to another thread, which opens it by `openSharedSemaphore`. */
export interface SharedSemaphoreHandle {
  readonly kind: "tailrace:semaphore";
  readonly name: string;
  readonly permits: number;
  readonly memory: SharedArrayBuffer;
  readonly lives: SharedArrayBuffer;
}

/**
 * So many permits for all threads together. Those who wait for one are served in the order in which they came, whatever
 * their thread. A permit belongs to the thread that has acquired it: only that one can release it, and if it dies, the
 * permit is free again. Who comes next then gets an `OwnerDiedError`, once, for what the permits protect may be half done.
 */
export interface SharedSemaphore {
  readonly name: string;
  /** Permits that there are. */
  readonly permits: number;
  /** Those that nobody had at a moment that may be over. */
  readonly free: number;
  /** What is handed to other threads, by `workerData` or `postMessage`. */
  readonly handle: SharedSemaphoreHandle;
  /**
   * Takes a permit, as soon as one is free.
   * @throws {OwnerDiedError} if a thread has died with permits; none was acquired, and to try again gets one
   * @throws {TimeoutError} if none was free in time
   * @throws the reason of the signal, if it aborts
   */
  acquire(wait?: WaitOptions): Promise<void>;
  /** Takes a permit if one is free; says whether it has. Throws an `OwnerDiedError` as `acquire` does. */
  tryAcquire(): boolean;
  /** As `acquire`, but stands still until one is free. */
  acquireSync(wait?: SyncWaitOptions): void;
  /**
   * Gives a permit back.
   * @throws {TailraceError} with the code `TAILRACE_NO_PERMIT` if this thread has none: there are never more than there were
   */
  release(): void;
}

/**
 * Makes a semaphore that threads share.
 *
 * @param permits a whole number from 1
 * @throws {ArgumentError} if an argument cannot be used
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not arrive on this platform
 * @example
 * ```ts
 * import { isMainThread, Worker, workerData } from "node:worker_threads";
 * import { openSharedSemaphore, sharedSemaphore } from "tailrace/threads";
 * import type { SharedSemaphoreHandle } from "tailrace/threads";
 *
 * if (isMainThread) {
 *   const disk = sharedSemaphore(2, { name: "disk" });
 *   for (let nth = 0; nth < 8; nth++) new Worker(new URL(import.meta.url), { workerData: disk.handle });
 * } else {
 *   const disk = openSharedSemaphore(workerData as SharedSemaphoreHandle);
 *   disk.acquireSync();
 *   // two threads at a time are here
 *   disk.release();
 * }
 * ```
 */
export function sharedSemaphore(permits: number, options?: SharedSemaphoreOptions): SharedSemaphore {
  const number = count("permits", permits, 1);
  if (number > MOST_PERMITS) throw outOfRange("permits", permits, `a whole number up to ${MOST_PERMITS.toString()}`);
  const given = optionsOf("options", options);
  const name = nameOf("semaphore", given.name);
  const memory = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT);
  listenForCrossing(memory, SELF_TEST);
  const handle = { kind: KIND, name, permits: number, memory, lives: ownLives().memory } as const;
  const semaphore = new Semaphore(handle, given.allowSyncOnMain === true);
  semaphore.fill();
  return semaphore;
}

/**
 * Opens in this thread what `sharedSemaphore` has made in another.
 *
 * @throws {ArgumentError} if that is no handle
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not cross to the other thread
 * @example
 * ```ts
 * import { parentPort } from "node:worker_threads";
 * import { openSharedSemaphore } from "tailrace/threads";
 * import type { SharedSemaphoreHandle } from "tailrace/threads";
 *
 * parentPort?.once("message", (handle: SharedSemaphoreHandle) => {
 *   const disk = openSharedSemaphore(handle);
 *   void disk.acquire({ timeout: 1000 }).then(() => {
 *     disk.release();
 *   });
 * });
 * ```
 */
export function openSharedSemaphore(
  handle: SharedSemaphoreHandle,
  options?: OpenSharedSemaphoreOptions,
): SharedSemaphore {
  if (!isObject(handle) || (handle as { kind?: unknown }).kind !== KIND) {
    throw wrongType("handle", handle, "the handle of a shared semaphore");
  }
  const semaphore = new Semaphore(handle, optionsOf("options", options).allowSyncOnMain === true);
  checkCrossing(handle.memory, SELF_TEST, livesOf(handle.lives), place("semaphore", handle.name));
  share();
  return semaphore;
}

const KIND = "tailrace:semaphore";
const MOST_PERMITS = 2 ** 30;
const PERMITS = GATE_WORDS;
const SELF_TEST = PERMITS + PERMIT_WORDS;
const WORDS = SELF_TEST + 3;

/** A semaphore in one thread. */
class Semaphore implements SharedSemaphore, Resource {
  readonly kind = "semaphore";
  readonly name: string;
  readonly permits: number;
  readonly #handle: SharedSemaphoreHandle;
  readonly #permits: Permits;
  readonly #turns: Turns;

  constructor(handle: SharedSemaphoreHandle, mayStandStill: boolean) {
    this.name = handle.name;
    this.permits = handle.permits;
    this.#handle = handle;
    const lives = livesOf(handle.lives);
    const words = new Int32Array(handle.memory);
    const memory = new SharedMemory(words);
    this.#permits = new Permits(memory, PERMITS, threadId, lives, (isFull) => new Gate(memory, 0, threadId, isFull));
    this.#turns = new Turns(this, words, this.#permits.gate, lives, mayStandStill, () => {
      this.#permits.repair();
    });
  }

  get handle(): SharedSemaphoreHandle {
    share();
    return this.#handle;
  }

  get free(): number {
    return this.#permits.free;
  }

  acquire(wait?: WaitOptions): Promise<void> {
    return this.#turns.take(this.#wish("acquire"), wait);
  }

  tryAcquire(): boolean {
    return this.#turns.try(this.#wish("tryAcquire"), false) !== false;
  }

  acquireSync(wait?: SyncWaitOptions): void {
    this.#turns.takeSync(this.#wish("acquireSync"), wait);
  }

  release(): void {
    if (this.#permits.release()) return;
    const message = `release on ${place(this.kind, this.name)}: this thread has no permit of it`;
    throw new TailraceError("TAILRACE_NO_PERMIT", message);
  }

  /** All permits are free from here on. */
  fill(): void {
    this.#permits.fill(this.permits);
  }

  describe(): Description {
    const { free } = this;
    const holders = [...this.#permits.holders()].map(nameOfThread);
    return {
      state: `${free.toString()} of ${this.permits.toString()} permits free`,
      awaits: "a permit",
      ...(holders.length === 0 ? undefined : { remark: `held by ${holders.join(", ")}` }),
      figures: { permits: this.permits, taken: this.permits - free },
    };
  }

  #wish(operation: string): Wish<void> {
    const serve = (): void => {
      const dead = this.#permits.take();
      if (dead !== undefined) throw ownerDied(this, dead, "permits of");
    };
    return { operation, kind: TAKE, hold: OWNED, serve };
  }
}
