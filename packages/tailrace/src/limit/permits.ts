import type { LimitFunction } from "p-limit";
import { callable, count, options as optionsOf, outOfRange, text } from "../arguments.ts";
import { StarvationError } from "../errors.ts";
import { quiet, rejected } from "../promises.ts";
import { currentHold, enterHold } from "../waits/context.ts";
import type { Hold } from "../waits/context.ts";
import { limitsOf } from "../waits/limits.ts";
import type { Limits } from "../waits/limits.ts";
import type { Description, Resource } from "../waits/registry.ts";
import { place } from "../waits/report.ts";
import { Waiter, WaiterQueue } from "../waits/waiter.ts";
import type { CallOptions, LimitedCall } from "./limit.ts";
import { NestedPromise } from "./nested.ts";

type Callee = (...args: never[]) => unknown;

interface Wanted extends Limits {
  readonly weight: number;
  readonly name: string | undefined;
}

const ONE: Wanted = { ...limitsOf(undefined), weight: 1, name: undefined };

/** What a call holds while its function runs. */
class Permit implements Hold {
  readonly resource: Permits;
  weight: number;
  readonly holder: string;
  readonly outer: Hold | undefined;

  constructor(resource: Permits, weight: number, holder: string, outer: Hold | undefined) {
    this.resource = resource;
    this.weight = weight;
    this.holder = holder;
    this.outer = outer;
  }
}

/** A call that waits for its permits. */
class PermitWaiter extends Waiter<void> {
  readonly permits: Permits;
  readonly weight: number;
  readonly call: string;
  /** What its caller holds. */
  readonly held: Hold | undefined;
  result: Promise<unknown> | undefined;

  constructor(permits: Permits, weight: number, call: string, held: Hold | undefined) {
    super("call", permits);
    this.permits = permits;
    this.weight = weight;
    this.call = call;
    this.held = held;
  }

  override abandon(reason: unknown): void {
    super.abandon(reason);
    this.permits.grant(); // the next one may want less
  }
}

/** The permits of a limit. p-limit runs the functions; those that have to wait do so here, where they can give up. */
export class Permits implements Resource {
  readonly kind = "limit";
  readonly name: string;
  /** Calls that run. */
  active = 0;
  readonly #engine: LimitFunction;
  readonly #loud: boolean;
  readonly #waiting = new WaiterQueue<PermitWaiter>();
  /** Of these, the calls inside of other ones that are awaited. */
  readonly #awaited = new Set<PermitWaiter>();
  #taken = 0;

  /** @param loud whether a call that is cleared is an unhandled rejection if nobody looks at it */
  constructor(name: string, engine: LimitFunction, loud: boolean) {
    this.name = name;
    this.#engine = engine;
    this.#loud = loud;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  get concurrency(): number {
    return this.#engine.concurrency;
  }

  set concurrency(permits: number) {
    this.#engine.concurrency = permits;
    this.grant();
  }

  withOptions(options: CallOptions): LimitedCall {
    const given = optionsOf("options", options);
    const weight = given.weight === undefined ? 1 : count("weight", given.weight, 1);
    const name = given.name === undefined ? undefined : text("name", given.name);
    const wanted: Wanted = { ...limitsOf(options), weight, name };
    return (fn, ...args) => this.call(fn, args, wanted);
  }

  call<Args extends unknown[], Result>(
    fn: (...args: Args) => Result | PromiseLike<Result>,
    args: Args,
    wanted: Wanted = ONE,
  ): Promise<Awaited<Result>> {
    try {
      callable("fn", fn);
      if (wanted !== ONE) this.#check(wanted);
      if (this.#waiting.first !== undefined || this.#taken + wanted.weight > this.concurrency) {
        return this.#wait(fn, args, wanted) as Promise<Awaited<Result>>;
      }
      this.#take(wanted.weight);
      return this.#run(fn, args, wanted) as Promise<Awaited<Result>>;
    } catch (error) {
      return rejected(error);
    }
  }

  /** Gives up every call that waits. */
  clear(): void {
    const { reason } = AbortSignal.abort() as { reason: unknown };
    for (let waiter = this.#waiting.last; waiter !== undefined; waiter = this.#waiting.last) {
      if (!this.#loud && waiter.result !== undefined) void quiet(waiter.result);
      waiter.abandon(reason);
    }
  }

  /** Lets calls run for which there are permits, in their order. */
  grant(): void {
    for (let waiter = this.#waiting.first; waiter !== undefined; waiter = this.#waiting.first) {
      // One that wants more than there ever are now, because they became fewer, runs alone.
      if (this.#taken > 0 && this.#taken + waiter.weight > this.concurrency) break;
      this.#take(waiter.weight);
      waiter.resolve();
    }
    // Whoever holds permits and awaits one more goes on holding them: if the first can get it, so can the others.
    const [first] = this.#awaited;
    if (first !== undefined) this.#refuseIfStarved(first);
  }

  describe(): Description {
    const { concurrency } = this;
    const permits = concurrency === 1 ? "permit" : "permits";
    return { state: `${this.#taken.toString()} of ${concurrency.toString()} ${permits} taken`, awaits: "a permit" };
  }

  #check({ weight, signal }: Wanted): void {
    if (signal !== undefined) signal.throwIfAborted();
    if (weight <= this.concurrency) return;
    const most = this.concurrency.toString();
    throw outOfRange("weight", weight, `not more than the ${most} permits of limit ${JSON.stringify(this.name)}`);
  }

  #take(weight: number): void {
    this.#taken += weight;
    this.active++;
  }

  /** Runs a function whose permits are taken. */
  #run(fn: Callee, args: unknown[], wanted: Wanted): Promise<unknown> {
    return this.#engine(this.#hold, fn, args, wanted);
  }

  readonly #hold = async (fn: Callee, args: unknown[], { weight, name }: Wanted): Promise<unknown> => {
    const permit = new Permit(this, weight, name ?? fn.name, currentHold());
    enterHold(permit);
    try {
      return await fn(...(args as never[]));
    } finally {
      permit.weight = 0;
      this.#taken -= weight;
      this.active--;
      this.grant();
    }
  };

  #wait(fn: Callee, args: unknown[], wanted: Wanted): Promise<unknown> {
    const held = currentHold();
    const waiter = new PermitWaiter(this, wanted.weight, wanted.name ?? fn.name, held);
    waiter.limit(wanted);
    this.#waiting.add(waiter);
    const result = waiter.promise.then(() => this.#run(fn, args, wanted)); // in the context of this caller
    waiter.result = this.#held(held) === 0 ? result : this.#nested(waiter, result);
    return waiter.result;
  }

  /** The promise of a call that comes from inside another one. */
  #nested(waiter: PermitWaiter, result: Promise<unknown>): Promise<unknown> {
    const nested = new NestedPromise<unknown>((resolve, reject) => {
      result.then(resolve, reject);
    });
    const forget = (): void => {
      this.#awaited.delete(waiter);
    };
    nested.onAwait = () => {
      if (waiter.queue === undefined) return;
      this.#awaited.add(waiter);
      waiter.promise.then(forget, forget);
      this.#refuseIfStarved(waiter);
    };
    return nested;
  }

  #refuseIfStarved(waiter: PermitWaiter): void {
    if (waiter.queue === undefined || this.#held(waiter.held) !== this.#taken) return;
    const outer = holders(waiter.held, this);
    const where = place(this.kind, this.name, this.describe().state);
    const task = waiter.task === undefined ? "" : `task ${JSON.stringify(waiter.task)}: `;
    const around = outer.map(quoted).join(", which is in that of ");
    waiter.abandon(
      new StarvationError(
        `${task}the call of ${quoted(waiter.call)} waits for a permit of ${where} inside the call of ${around}, ` +
          "which keeps it until this call is done",
      ),
    );
  }

  /** Permits of this limit among what somebody holds. */
  #held(hold: Hold | undefined): number {
    let held = 0;
    for (let one = hold; one !== undefined; one = one.outer) if (one.resource === this) held += one.weight;
    return held;
  }
}

/** What was called with permits that are not given back, the innermost first. */
function holders(hold: Hold | undefined, permits: Permits): string[] {
  const names: string[] = [];
  for (let one = hold; one !== undefined; one = one.outer) {
    if (one.resource === permits && one.weight > 0) names.push(one.holder);
  }
  return names;
}

function quoted(name: string): string {
  return name === "" ? "a function without a name" : JSON.stringify(name);
}
