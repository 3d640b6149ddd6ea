import type { LimitFunction } from "p-limit";
import { callable, count, options as optionsOf, outOfRange, text } from "../arguments.ts";
import { Ring } from "../channel/ring.ts";
import { isPromiseLike } from "../fan/source.ts";
import { pause } from "../pace.ts";
import { attempt, quiet, rejected } from "../promises.ts";
import { callIn, currentContext } from "../waits/context.ts";
import type { Party } from "../waits/context.ts";
import { beginning, publishWaitBegin, publishWaitEnd, taskEnd, waitBegin, waitEnd } from "../waits/events.ts";
import { limitsOf } from "../waits/limits.ts";
import { isObserved } from "../waits/observed.ts";
import { CrowdRecord, enter, leave, WaitRecord } from "../waits/registry.ts";
import type { Description } from "../waits/registry.ts";
import { WaiterQueue } from "../waits/waiter.ts";
import { Call } from "./call.ts";
import type { CallOptions, LimitedCall } from "./limit.ts";
import { isInside, observe, refuseIfStarved, unblock } from "./knots.ts";
import type { Store } from "./knots.ts";
import { Permit, PLAIN } from "./permit.ts";
import type { Wanted } from "./permit.ts";

/**
 * The permits of a limit. A permit is a slot of p-limit, and who waits stands in p-limit's queue: a plain call itself,
 * a call that may give up or takes several with a ticket for each slot, which comes to nothing if it gave up.
 */
export class Permits implements Store {
  readonly kind = "limit";
  readonly part = "permit";
  readonly name: string;
  readonly #engine: LimitFunction;
  #concurrency: number;
  readonly #loud: boolean;
  /** The plain calls that wait, in their order. */
  readonly #standing = new Ring<Permit>();
  readonly #crowd: StandingCalls = new StandingCalls(this, this.#standing);
  /** The other calls that wait. */
  readonly #waiting = new WaiterQueue<Call>();
  /** Of these, the calls inside of other ones that are awaited. */
  readonly awaited = new Set<Call>();
  /** Calls that run and cannot end before such a call has. */
  readonly blockedPermits = new Set<Permit>();
  /** Their permits. */
  blocked = 0;
  /** Slots of calls that wait for more. */
  #early = 0;
  /** Slots of calls that run, beyond one for each. */
  #extra = 0;
  /** The calls that run, if somebody watches; weakly, so that it is known of each whether it can still go on. */
  #running: Set<WeakRef<Permit>> | undefined;

  /**
   * @param engine must reject what is cleared
   * @param loud whether a call that is cleared is an unhandled rejection if nobody looks at it
   */
  constructor(name: string, engine: LimitFunction, loud: boolean) {
    this.name = name;
    this.#engine = engine;
    this.#concurrency = engine.concurrency;
    this.#loud = loud;
  }

  /** Calls that run. */
  get active(): number {
    return this.#engine.activeCount - this.#early - this.#extra;
  }

  get pending(): number {
    return this.#standing.size + this.#waiting.size;
  }

  get concurrency(): number {
    return this.#concurrency;
  }

  set concurrency(permits: number) {
    this.#concurrency = this.#engine.concurrency = permits;
    queueMicrotask(() => {
      const first = this.#waiting.first;
      if (first === undefined || first.slots === 0 || first.weight <= this.#concurrency) return;
      // It has got some of its slots, and gets the others too: when it has, nobody else runs.
      this.#engine.concurrency = first.weight;
    });
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
    wanted: Wanted = PLAIN,
  ): Promise<Awaited<Result>> {
    try {
      callable("fn", fn);
      const permit = new Permit(this, fn, args, currentContext(), wanted);
      return this.#call(permit, wanted) as Promise<Awaited<Result>>;
    } catch (error) {
      return rejected(error);
    }
  }

  /** Gives up every call that waits. */
  clear(): void {
    const { reason } = AbortSignal.abort() as { reason: unknown };
    const standing = this.#standing.take(Infinity);
    leave(this.#crowd);
    for (const permit of standing) {
      if (!this.#loud) void quiet(permit.result as Promise<unknown>);
      if (waitEnd.hasSubscribers) publishWaitEnd(this.#crowd.member(permit), reason, permit);
    }
    for (let call = this.#waiting.last; call !== undefined; call = this.#waiting.last) {
      if (!this.#loud) void quiet(call.given);
      call.abandon(reason);
    }
    this.#engine.clearQueue();
  }

  describe(): Description {
    const { concurrency } = this;
    const permits = concurrency === 1 ? "permit" : "permits";
    const state = `${this.taken.toString()} of ${concurrency.toString()} ${permits} taken`;
    return { state, awaits: "a permit", figures: { permits: concurrency, taken: this.taken } };
  }

  holders(): Iterable<Party> {
    return Array.from(this.#running ?? []).flatMap((ref) => ref.deref() ?? []);
  }

  /** A call that runs is kept by others from now on, or not any more; so are its permits. */
  onBlocked(permit: Permit, weight: number): void {
    this.blocked += weight;
    if (weight > 0) this.blockedPermits.add(permit);
    else this.blockedPermits.delete(permit);
  }

  /** A call does not wait any more. */
  onGivenUp(call: Call): void {
    this.#early -= call.slots;
    this.#settle(call);
  }

  /** Slots of calls that run. */
  get taken(): number {
    return this.#engine.activeCount - this.#early;
  }

  #call(permit: Permit, wanted: Wanted): Promise<unknown> {
    if (wanted !== PLAIN) this.#check(wanted);
    const isFree = this.pending === 0 && this.#engine.activeCount + wanted.weight <= this.concurrency;
    const isNested = isInside(permit.outer, this);
    if (isFree && wanted.weight === 1) {
      const result = this.#engine(this.#run, permit);
      return isNested ? observe(permit, result) : result;
    }
    if (!isFree && !isNested && wanted === PLAIN) return this.#stand(permit);
    const call = new Call(permit);
    if (isNested) call.given = observe(permit, call.promise, call);
    if (isFree) {
      this.#early += call.slots = wanted.weight;
      this.#begin(call);
    } else {
      call.limit(wanted);
      this.#waiting.add(call);
    }
    for (let nth = 0; nth < wanted.weight; nth++) void quiet(this.#engine(this.#ticket, call, nth));
    return call.given;
  }

  #check({ weight, signal }: Wanted): void {
    if (signal !== undefined) signal.throwIfAborted();
    if (weight <= this.concurrency) return;
    const most = this.concurrency.toString();
    throw outOfRange("weight", weight, `not more than the ${most} permits of limit ${JSON.stringify(this.name)}`);
  }

  #stand(permit: Permit): Promise<unknown> {
    permit.began = beginning(waitEnd);
    this.#standing.push(permit);
    enter(this.#crowd);
    if (waitBegin.hasSubscribers) publishWaitBegin(this.#crowd.member(permit), permit);
    const result = this.#engine(this.#runNext, permit);
    permit.result = result;
    return result;
  }

  // What the engine calls.

  readonly #runNext = (permit: Permit): unknown => {
    // It may have been cleared when the engine had already chosen it.
    if (this.#standing.size > 0 && this.#standing.first === permit) {
      this.#standing.shift();
      if (waitEnd.hasSubscribers) publishWaitEnd(this.#crowd.member(permit), undefined, permit);
    }
    if (this.#standing.size === 0) leave(this.#crowd);
    return this.#run(permit);
  };

  /** Calls a function that holds permits from now on; so that the event loop stays open, a turn later now and then. */
  readonly #run = (permit: Permit): unknown => {
    const turn = pause();
    return turn === undefined ? this.#start(permit) : turn.then(() => this.#start(permit));
  };

  #start(permit: Permit): unknown {
    permit.began = beginning(taskEnd);
    let held = false;
    try {
      const result = callIn(permit, () => permit.call());
      permit.result = result;
      held = isPromiseLike(result);
      if (held && isObserved()) this.#observe(permit);
      return result;
    } finally {
      if (!held) permit.weight = 0;
    }
  }

  #observe(permit: Permit): void {
    const running = (this.#running ??= new Set());
    const ref = new WeakRef(permit);
    running.add(ref);
    const end = (): void => {
      running.delete(ref);
    };
    (permit.result as PromiseLike<unknown>).then(end, end);
  }

  readonly #ticket = (call: Call, nth: number): unknown => {
    if (call.state === "waiting") {
      this.#early++;
      call.slots = nth + 1;
      const { activeCount, concurrency } = this.#engine;
      // If it wants more than there are now, because they became fewer, it runs alone.
      const alone = call.slots >= concurrency && activeCount <= concurrency;
      if (alone || call.slots === call.weight) this.#begin(call);
      else for (const one of this.awaited) refuseIfStarved(one);
    }
    if (call.state === "over" || nth >= call.slots) return undefined;
    if (nth > 0) return call.over();
    return call.state === "running" ? this.#serve(call) : call.begun().then(() => this.#serve(call));
  };

  #begin(call: Call): void {
    this.#early -= call.slots;
    this.#extra += call.slots - 1;
    call.begin();
    this.#settle(call);
  }

  /** A call does not wait any more, for one reason or the other. */
  #settle(call: Call): void {
    unblock(call);
    if (this.#engine.concurrency !== this.#concurrency) this.#engine.concurrency = this.#concurrency;
  }

  /** Runs a call that has got its slots; settles when it is over. */
  async #serve(call: Call): Promise<void> {
    if (call.state !== "running") return;
    const result = attempt(() => this.#run(call.permit));
    call.resolve(result);
    await result.catch(() => undefined); // that is for the caller
    this.#extra -= call.slots - 1;
    call.end();
  }
}

class StandingCalls extends CrowdRecord {
  readonly #standing: Ring<Permit>;

  constructor(permits: Permits, standing: Ring<Permit>) {
    super("call", permits);
    this.#standing = standing;
  }

  override get first(): Permit | undefined {
    return this.#standing.size === 0 ? undefined : this.#standing.first;
  }

  override *members(): Generator<WaitRecord, void, undefined> {
    for (let nth = 0; nth < this.#standing.size; nth++) yield this.member(this.#standing.at(nth));
  }

  /** The wait of one of them. */
  member({ parent, began }: Permit): WaitRecord {
    const record = new WaitRecord(this.operation, this.resource);
    record.party = parent;
    record.since = began;
    return record;
  }
}
