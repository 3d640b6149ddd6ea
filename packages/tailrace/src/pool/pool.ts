import { milliseconds, options as optionsOf } from "../arguments.ts";
import { onAbort } from "../waits/abort.ts";
import { taskOf } from "../waits/context.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Admission } from "./admission.ts";
import { close, drain, until } from "./closing.ts";
import type { Lease } from "./lease.ts";
import { settingsOf } from "./options.ts";
import type { PoolOptions } from "./options.ts";
import { openReaper } from "./reaper.ts";
import type { PoolTotals } from "./reports.ts";
import { selfTest } from "./self-test.ts";
import type { SelfTest } from "./self-test.ts";
import type { Slot, SlotState } from "./slot.ts";
import { Slots } from "./slots.ts";
import { start } from "./supply.ts";
import { acquire, admit, limitsIn, tryAcquire } from "./taking.ts";
import { use } from "./use.ts";

/** What a pool has, and what it has done. */
export interface PoolStats {
  /** How many slots are in which state; together they are `max`. */
  readonly slots: Readonly<Record<SlotState, number>>;
  /** How many wait for a lease, or to be admitted. */
  readonly waiting: number;
  /** Functions of the pool that have taken too long, and have still not ended. */
  readonly abandoned: number;
  readonly totals: Readonly<PoolTotals>;
}

/** One of the slots of a pool. Times are on the clock of `performance.now()`, in milliseconds. */
export interface SlotInfo {
  /** Its number, from 1. */
  readonly slot: number;
  readonly state: SlotState;
  /** When its instance was there. */
  readonly spawnedAt?: number;
  /** Leases of its instance. */
  readonly uses?: number;
  /** When it was leased. */
  readonly leasedAt?: number;
  /** Name of the task that has it, where it is known. */
  readonly task?: string;
  /** What has failed in a row. */
  readonly failures: number;
  /** When it tries again. */
  readonly retryAt?: number;
}

/** Options of `Pool.close`. */
export interface CloseOptions {
  /** Milliseconds that those have who have leases. Default: the `grace` of the pool. */
  readonly grace?: number | undefined;
}

/**
 * Instances that are made once and used by many, one at a time. Whoever waits gets one in the order in which they came,
 * handed over by whoever gives it back.
 */
export interface Pool<T> extends AsyncDisposable {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** What it has now, and what it has done. */
  readonly stats: PoolStats;
  /** Its slots, by their numbers. */
  slots(): SlotInfo[];
  /**
   * Settles when `min` instances are there.
   * @throws {TimeoutError} if that takes too long. It says whether they were never started, have not returned, or have
   * failed; then `cause` is the last error.
   * @throws {PoolClosedError} if it is closed
   */
  ready(wait?: WaitOptions): Promise<void>;
  /**
   * Takes an instance, as soon as there is one.
   * @throws {TimeoutError} if there is none in time: by default in `acquireTimeout`. `cause` is what has kept the pool
   * from making one, if something has.
   * @throws {PoolClosedError} if it is or becomes closed
   * @throws {PoolFullError} if `maxWaiting` wait already
   * @throws the reason of the signal, if it aborts
   */
  acquire(wait?: WaitOptions): Promise<Lease<T>>;
  /** Takes an instance if one is ready, which `check` may have to say; else gives undefined. */
  tryAcquire(): Promise<Lease<T> | undefined>;
  /**
   * Calls the function with an instance, which is given back when the function has ended, however that is.
   * @throws {StarvationError} if it is awaited inside of functions that keep all instances until it is done
   * @throws what `acquire` throws, and what the function throws
   */
  use<R>(fn: (value: T, lease: Lease<T>) => R | PromiseLike<R>, wait?: WaitOptions): Promise<Awaited<R>>;
  /**
   * Keeps an instance for work that has still to be fetched. There are never more admissions than instances that are
   * ready for them.
   * @throws what `acquire` throws
   */
  admit(wait?: WaitOptions): Promise<Admission<T>>;
  /**
   * Tries each of the functions once, beside the slots of the pool: the whole life of one instance.
   * @throws the reason of the signal, if it aborts
   */
  selfTest(wait?: WaitOptions): Promise<SelfTest>;
  /**
   * Lets those have an instance who wait, and nobody else; settles when all are given back. What is ready stays so
   * until `close`.
   */
  drain(wait?: WaitOptions): Promise<void>;
  /**
   * Ends all instances, and settles when they have ended: those that are ready now, the others when they are given
   * back, or taken away when the grace is over. Whoever waits is refused, and nothing is left on the event loop. To call
   * it once more with a `grace` can only make it end sooner.
   */
  close(options?: CloseOptions): Promise<void>;
}

/**
 * Makes a pool.
 *
 * @example
 * ```ts
 * import { connect } from "node:net";
 * import { once } from "node:events";
 * import { pool } from "tailrace";
 *
 * await using sockets = pool({
 *   name: "sockets",
 *   max: 4,
 *   spawn: async ({ signal, lost }) => {
 *     const socket = connect(6379, "127.0.0.1");
 *     await once(socket, "connect", { signal });
 *     return socket.on("close", lost);
 *   },
 *   terminate: (socket) => socket.destroy(),
 * });
 * await sockets.use(async (socket) => {
 *   socket.write("PING\r\n");
 *   await once(socket, "data");
 * });
 * ```
 * @throws {ArgumentError} if an option is missing or cannot be used
 */
export function pool<T>(options: PoolOptions<T>): Pool<T> {
  const settings = settingsOf(options);
  const slots = new Slots(settings);
  const reaper = settings.reapEvery === Infinity ? undefined : openReaper(slots, settings.reapEvery);
  const { name, min, max, signal } = settings;
  let closed: Promise<void> | undefined;
  let unwatch: (() => void) | undefined;

  function shut(grace?: number): Promise<void> {
    unwatch?.();
    reaper?.[Symbol.dispose]();
    // Who says how long may be in more of a hurry than those before; the default must not take from theirs.
    if (closed !== undefined && grace === undefined) return closed;
    return (closed = close(slots, grace ?? settings.grace));
  }

  if (!settings.lazy) start(slots);
  if (signal !== undefined) unwatch = onAbort(signal, () => void shut());
  return {
    name,
    min,
    max,
    get stats() {
      const { counts, waiting, abandoned, reports } = slots;
      return { slots: { ...counts }, waiting: waiting.size, abandoned, totals: { ...reports.totals } };
    },
    slots: () => slots.slots.map(infoOf),
    async ready(wait) {
      const limits = limitsIn(slots, wait);
      start(slots);
      const { counts } = slots;
      const there = (): number => counts.ready + counts.checking + counts.admitted + counts.leased + counts.resetting;
      await until(slots, "ready", () => there() >= min, limits);
    },
    acquire: (wait) => acquire(slots, wait),
    tryAcquire: () => tryAcquire(slots),
    use: (fn, wait) => use(slots, fn, wait),
    admit: (wait) => admit(slots, wait),
    selfTest: async (wait) => selfTest(slots, limitsIn(slots, wait)),
    drain: async (wait) => drain(slots, startLimits(wait)),
    async close(given) {
      const { grace } = optionsOf<CloseOptions>("options", given);
      await shut(grace === undefined ? undefined : milliseconds("grace", grace));
    },
    [Symbol.asyncDispose]: () => shut(),
  };
}

function infoOf<T>(slot: Slot<T>): SlotInfo {
  const { id, state, instance, failures, retryAt, began, parent } = slot;
  const task = taskOf(parent);
  return {
    slot: id,
    state,
    ...(instance === undefined ? undefined : { spawnedAt: instance.spawnedAt, uses: instance.uses }),
    ...(state === "leased" ? { leasedAt: began } : undefined),
    ...(state === "leased" && task !== undefined ? { task } : undefined),
    failures,
    ...(state === "quarantined" ? { retryAt } : undefined),
  };
}
