import { callable, count, milliseconds, nameOf, options as optionsOf, outOfRange } from "../arguments.ts";
import { Ring } from "../channel/ring.ts";
import { attempt, rejected } from "../promises.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";
import { limitsOf, startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import type { LimitedCall } from "./limit.ts";

/** Options of `rate`. */
export interface RateOptions {
  /** Calls that may start in one interval: a whole number from 1. */
  readonly per: number;
  /** Its length in milliseconds. */
  readonly interval: number;
  /** Name in reports and errors. Default: `rate-1`, `rate-2`, … */
  readonly name?: string | undefined;
}

/** Starts functions, of which so many in any interval of that length. */
export interface Rate extends LimitedCall {
  readonly name: string;
  /** Calls that wait for their turn. */
  readonly pendingCount: number;
  /**
   * The same rate, for calls that give up waiting: `rate.with({ timeout: 500 })(fn, argument)`.
   * @throws {ArgumentError} if an option cannot be used
   */
  with(options: WaitOptions): LimitedCall;
}

/**
 * Makes a limit on how often functions are called: in any interval of that length not more than so many start, the
 * others wait in the order of their calls. How many run at a time is not its business: put a `limit` inside.
 *
 * It keeps the times of the last starts (a sliding window log), so it is exact: there is no border of two intervals at
 * which twice as many start.
 *
 * @example
 * ```ts
 * import { limit, rate } from "tailrace";
 *
 * const [polite, few] = [rate({ per: 10, interval: 1000, name: "api" }), limit(2)];
 * const load = (path: string) => polite(() => few(fetch, `https://example.com${path}`));
 * console.log((await load("/a")).status);
 * ```
 * @throws {ArgumentError} if an option is missing or cannot be used
 */
export function rate(options: RateOptions): Rate {
  const given = optionsOf("options", options);
  const per = count("per", given.per, 1);
  if (per === Infinity) throw outOfRange("per", per, "a whole number from 1");
  const interval = milliseconds("interval", given.interval);
  const name = nameOf("rate", given.name);
  const turns = new Turns(name, per, interval);
  const call: LimitedCall = (fn, ...args) => turns.call(fn, args);
  return Object.defineProperties(call as Rate, {
    name: { value: name },
    pendingCount: { get: () => turns.pending },
    with: {
      value: (wait: WaitOptions): LimitedCall => {
        limitsOf(wait);
        return (fn, ...args) => turns.call(fn, args, wait);
      },
    },
  });
}

class Turns implements Resource {
  readonly kind = "rate";
  readonly name: string;
  readonly #per: number;
  readonly #interval: number;
  /** When the last calls were started, as many as may be in one interval. */
  readonly #starts = new Ring<number>();
  readonly #waiting = new WaiterQueue<Waiter<void>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, per: number, interval: number) {
    this.name = name;
    this.#per = per;
    this.#interval = interval;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  call<Args extends unknown[], Result>(
    fn: (...args: Args) => Result | PromiseLike<Result>,
    args: Args,
    wait?: WaitOptions,
  ): Promise<Awaited<Result>> {
    try {
      callable("fn", fn);
      const limits = startLimits(wait);
      const run = (): Promise<Result> => attempt(() => fn(...args));
      if (this.#waiting.first === undefined && this.#untilTurn() <= 0) {
        this.#note();
        return run() as Promise<Awaited<Result>>;
      }
      const waiter = new Waiter<void>("call", this);
      waiter.limit(limits);
      this.#waiting.add(waiter);
      this.#arm();
      return waiter.promise.then(run, this.#gaveUp) as Promise<Awaited<Result>>;
    } catch (error) {
      return rejected(error);
    }
  }

  describe(): Description {
    const wait = Math.max(0, Math.ceil(this.#untilTurn())).toString();
    const state = `${this.#per.toString()} per ${this.#interval.toString()} ms`;
    return { state, awaits: "its turn", remark: `the next one is in ${wait} ms`, idle: true };
  }

  /** Milliseconds until one more call may start. */
  #untilTurn(): number {
    return this.#starts.size < this.#per ? 0 : this.#starts.first + this.#interval - performance.now();
  }

  #note(): void {
    if (this.#starts.size === this.#per) this.#starts.shift();
    this.#starts.push(performance.now());
  }

  readonly #gaveUp = (reason: unknown): Promise<never> => {
    if (this.#waiting.first === undefined) {
      clearTimeout(this.#timer); // it would keep the process alive
      this.#timer = undefined;
    }
    return rejected(reason);
  };

  #arm(): void {
    if (this.#timer !== undefined || this.#waiting.first === undefined) return;
    this.#timer = setTimeout(this.#serve, Math.min(Math.max(1, Math.ceil(this.#untilTurn())), LONGEST_TIMER));
  }

  readonly #serve = (): void => {
    this.#timer = undefined;
    for (let waiter = this.#waiting.first; waiter !== undefined; waiter = this.#waiting.first) {
      if (this.#untilTurn() > 0) break;
      this.#note();
      waiter.resolve();
    }
    this.#arm();
  };
}
