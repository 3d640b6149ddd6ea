import { abortSignal, callable, count, milliseconds, nameOf, oneOf, outOfRange, wrongType } from "../arguments.ts";
import { options as optionsOf } from "../arguments.ts";
import type { Ending, PoolEvent } from "./events.ts";
import type { Step, StepContext } from "./step.ts";

/** What `terminate` is given. */
export interface TerminateContext extends StepContext {
  /** Why the instance ends. */
  readonly reason: Ending;
}

/** Options of `pool`. */
export interface PoolOptions<T> {
  /** Name in reports and errors. Default: `pool-1`, `pool-2`, … */
  readonly name?: string | undefined;

  /** Makes an instance. Whatever comes after its time is over is ended by `terminate`. */
  readonly spawn: (context: StepContext) => T | PromiseLike<T>;
  /** Ends an instance. If that fails it is told, and the slot goes on. */
  readonly terminate?: ((value: T, context: TerminateContext) => unknown) | undefined;
  /** Removes what an earlier instance may have left in the slot, also one of an earlier process. Before each `spawn`. */
  readonly clean?: ((context: StepContext) => unknown) | undefined;
  /** Sets up what `spawn` needs. */
  readonly prepare?: ((context: StepContext) => unknown) | undefined;
  /** Sets up an instance before anybody gets it. If that fails, so has `spawn`. */
  readonly customize?: ((value: T, context: StepContext) => unknown) | undefined;
  /** Whether an instance is of use: it is not if this returns false, or fails. */
  readonly check?: ((value: T, context: StepContext) => unknown) | undefined;
  /** Whether an instance that is given back is of no use any more. Must be quick. */
  readonly broken?: ((value: T) => boolean) | undefined;
  /** Makes an instance that was given back ready for the next one. If that fails it is ended. */
  readonly reset?: ((value: T, context: StepContext) => unknown) | undefined;

  /** Slots: a whole number from 1. Default: 10. */
  readonly max?: number | undefined;
  /** Instances that the pool keeps ready, as far as there are slots: a whole number from 0 to `max`. Default: `max`. */
  readonly min?: number | undefined;
  /** Whether it begins only when somebody wants something. Default: false. */
  readonly lazy?: boolean | undefined;
  /** Whether an instance is used again when it was given back; else it is replaced. Default: true. */
  readonly reuse?: boolean | undefined;
  /** Leases after which an instance is replaced: a whole number from 1. Default: `Infinity`. */
  readonly maxUses?: number | undefined;
  /** Whether `check` is asked before somebody gets an instance. Default: true. */
  readonly checkOnAcquire?: boolean | undefined;
  /** Which of those that are ready is taken first: the last one used, so that few stay warm, or the first. */
  readonly order?: "lifo" | "fifo" | undefined;

  /** Milliseconds that `acquire`, `admit` and `ready` wait if they do not say. Default: 30,000. */
  readonly acquireTimeout?: number | undefined;
  /**
   * How many may wait at a time, unless there are slots for all of them; `acquire` and `admit` reject at once if there
   * are more. Default: `Infinity`.
   */
  readonly maxWaiting?: number | undefined;
  /** Milliseconds after which an instance that nobody uses is ended. Default: 600,000. */
  readonly idleTimeout?: number | undefined;
  /** Milliseconds after which an instance is ended, as soon as nobody uses it. Default: 1,800,000. */
  readonly maxLifetime?: number | undefined;
  /** Milliseconds between two looks at what is idle, old or lost. Default: 30,000. */
  readonly reapEvery?: number | undefined;
  /** Milliseconds before a slot tries again what has failed. They double each time. Default: 400. */
  readonly retryDelay?: number | undefined;
  /** Milliseconds that it waits at most. Default: half of `acquireTimeout`, at most 15,000. */
  readonly retryCap?: number | undefined;
  /** Milliseconds that each of the functions may take. Default: 5000 for `check` and `reset`, 60,000 for the others. */
  readonly stepTimeouts?: Partial<Readonly<Record<Step, number>>> | undefined;
  /** How many of the functions run at a time. Default: `Infinity`. */
  readonly concurrency?: number | undefined;
  /** Milliseconds that `close` leaves to those who have leases. Default: 10,000. */
  readonly grace?: number | undefined;
  /** Closes the pool when it aborts. */
  readonly signal?: AbortSignal | undefined;

  /** Is told what happens. It must not throw. */
  readonly onEvent?: ((event: PoolEvent) => void) | undefined;
  /** Is told of each failure of one of the functions, and of each lease that was lost. Default: nobody is. */
  readonly onError?: ((error: unknown, event: PoolEvent) => void) | undefined;
}

/** The options, checked, and with what they are by default. */
export interface Settings<T> extends PoolOptions<T> {
  readonly name: string;
  readonly max: number;
  readonly min: number;
  readonly lazy: boolean;
  readonly reuse: boolean;
  readonly maxUses: number;
  readonly checkOnAcquire: boolean;
  readonly order: "lifo" | "fifo";
  readonly acquireTimeout: number;
  readonly maxWaiting: number;
  readonly idleTimeout: number;
  readonly maxLifetime: number;
  readonly reapEvery: number;
  readonly retryDelay: number;
  readonly retryCap: number;
  readonly stepTimeouts: Readonly<Record<Step, number>>;
  readonly concurrency: number;
  readonly grace: number;
}

const FUNCTIONS = [
  "terminate",
  "clean",
  "prepare",
  "customize",
  "check",
  "broken",
  "reset",
  "onEvent",
  "onError",
] as const;

const STEP_TIMEOUTS: Readonly<Record<Step, number>> = {
  clean: 60_000,
  prepare: 60_000,
  spawn: 60_000,
  customize: 60_000,
  check: 5000,
  reset: 5000,
  terminate: 60_000,
};

export function settingsOf<T>(options: PoolOptions<T>): Settings<T> {
  const given = optionsOf<PoolOptions<T>>("options", options);
  callable("spawn", given.spawn);
  for (const name of FUNCTIONS) if (given[name] !== undefined) callable(name, given[name]);
  const max = finite("max", given.max ?? 10);
  const min = count("min", given.min ?? max);
  if (min > max) throw outOfRange("min", min, `not more than max, which is ${max.toString()}`);
  const acquireTimeout = some("acquireTimeout", given.acquireTimeout ?? 30_000);
  return {
    ...options,
    name: nameOf("pool", given.name),
    max,
    min,
    lazy: flag("lazy", given.lazy ?? false),
    reuse: flag("reuse", given.reuse ?? true),
    maxUses: count("maxUses", given.maxUses ?? Infinity, 1),
    checkOnAcquire: flag("checkOnAcquire", given.checkOnAcquire ?? true),
    order: oneOf("order", given.order ?? "lifo", ["lifo", "fifo"]),
    acquireTimeout,
    maxWaiting: count("maxWaiting", given.maxWaiting ?? Infinity),
    idleTimeout: some("idleTimeout", given.idleTimeout ?? 600_000),
    maxLifetime: some("maxLifetime", given.maxLifetime ?? 1_800_000),
    reapEvery: some("reapEvery", given.reapEvery ?? 30_000),
    retryDelay: some("retryDelay", given.retryDelay ?? 400),
    retryCap: some("retryCap", given.retryCap ?? Math.min(acquireTimeout / 2, 15_000)),
    stepTimeouts: stepTimeoutsOf(given.stepTimeouts),
    concurrency: count("concurrency", given.concurrency ?? Infinity, 1),
    grace: milliseconds("grace", given.grace ?? 10_000),
    signal: abortSignal("signal", given.signal),
  };
}

function stepTimeoutsOf(value: PoolOptions<unknown>["stepTimeouts"]): Record<Step, number> {
  const given = optionsOf<Partial<Record<Step, number>>>("stepTimeouts", value);
  const timeouts: Record<Step, number> = { ...STEP_TIMEOUTS };
  for (const [step, timeout] of Object.entries(given) as [Step, number | undefined][]) {
    oneOf("stepTimeouts", step, Object.keys(STEP_TIMEOUTS) as Step[]);
    if (timeout !== undefined) timeouts[step] = some(`stepTimeouts.${step}`, timeout);
  }
  return timeouts;
}

function finite(argument: string, value: unknown): number {
  if (value === Infinity) throw outOfRange(argument, value, "a whole number from 1");
  return count(argument, value, 1);
}

/** A time in milliseconds that is not zero. */
function some(argument: string, value: unknown): number {
  if (value === 0) throw outOfRange(argument, value, "a number of milliseconds above 0, or Infinity");
  return milliseconds(argument, value);
}

function flag(argument: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw wrongType(argument, value, "a boolean");
  return value;
}
