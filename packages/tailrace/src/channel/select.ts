import { milliseconds, wrongType } from "../arguments.ts";
import { TimeoutError } from "../errors.ts";
import { paced } from "../pace.ts";
import { rejected } from "../promises.ts";
import { startDeadline } from "../waits/deadlines.ts";
import { startLimits } from "../waits/limits.ts";
import type { WaitOptions } from "../waits/limits.ts";
import type { Resource } from "../waits/registry.ts";
import { Waiter } from "../waits/waiter.ts";
import { BoundedChannel } from "./bounded.ts";
import type { Channel } from "./channel.ts";
import { EMPTY } from "./empty.ts";
import { channelOf } from "./sender.ts";
import type { Sender } from "./sender.ts";
import { ReceiveWaiter, SendWaiter } from "./waiters.ts";

/** One of the operations between which `select` chooses. `receiveFrom`, `sendTo` and `after` make them. */
export interface Case<Value> {
  /** What it is, for messages, such as `receive on channel "jobs"`. */
  readonly name: string;
  /** Lets it happen if that is possible at once. Throws if it never will be. */
  attempt(): { readonly value: Value } | undefined;
  /**
   * Waits until it happens, and says so while it does, or that it cannot happen any more.
   * @returns how to stop waiting, after which neither is said
   */
  wait(happened: (value: Value) => void, failed: (error: unknown) => void): () => void;
}

/** What `select` gives: which of the cases happened, by its place in the list, and the value that it gave. */
export type Selected<Cases extends readonly Case<unknown>[]> = {
  [Place in keyof Cases]: Cases[Place] extends Case<infer Value>
    ? { readonly index: Place extends `${infer Index extends number}` ? Index : number; readonly value: Value }
    : never;
}[number];

/**
 * Waits until one of several operations is possible, and lets exactly that one happen. The others have not happened
 * and leave nothing behind, however often it is called: `Promise.race` would receive from every channel and keep one
 * item.
 *
 * If several are possible at once, each of them has the same chance, so that a busy channel cannot starve another.
 *
 * @example
 * ```ts
 * import { after, channel, receiveFrom, select } from "tailrace";
 *
 * const jobs = channel<string>({ name: "jobs", capacity: 8 });
 * const stop = channel<Error>({ name: "stop", capacity: 1 });
 * await jobs.send("first");
 *
 * const chosen = await select([receiveFrom(jobs), receiveFrom(stop), after(1000)]);
 * if (chosen.index === 0) console.log(chosen.value.length);
 * else if (chosen.index === 1) throw chosen.value;
 * else console.log("nothing to do for a second");
 * ```
 * @throws {ChannelClosedError} if it comes to a channel that is closed, as its `send` or `receive` would
 * @throws {TimeoutError} if none was possible in time
 * @throws the reason of the signal, if it aborts
 * @throws {ArgumentError} if it is not given a list of cases with one at least
 */
export function select<const Cases extends readonly Case<unknown>[]>(
  cases: Cases,
  wait?: WaitOptions,
): Promise<Selected<Cases>>;
export function select(cases: readonly Case<unknown>[], wait?: WaitOptions): Promise<unknown> {
  try {
    if (!Array.isArray(cases) || cases.length === 0) throw wrongType("cases", cases, "an array with at least one case");
    const limits = startLimits(wait);
    const first = draw(cases.length);
    for (let step = 0; step < cases.length; step++) {
      const index = (first + step) % cases.length;
      const done = caseAt(cases, index).attempt();
      if (done !== undefined) return paced({ index, value: done.value });
    }
    const selection = new Selection(cases);
    selection.limit(limits);
    selection.begin();
    return selection.promise;
  } catch (error) {
    return rejected(error);
  }
}

function caseAt(cases: readonly Case<unknown>[], index: number): Case<unknown> {
  const one: unknown = cases[index];
  if (typeof (one as Partial<Case<unknown>> | undefined)?.attempt === "function") return one as Case<unknown>;
  throw wrongType(`cases[${index.toString()}]`, one, "a case, such as receiveFrom(channel)");
}

class Selection extends Waiter<{ readonly index: number; readonly value: unknown }> {
  readonly #cases: readonly Case<unknown>[];
  readonly #stops: (() => void)[] = [];
  #over = false;

  constructor(cases: readonly Case<unknown>[]) {
    super("select", SELECTION);
    this.#cases = cases;
  }

  begin(): void {
    for (const [index, one] of this.#cases.entries()) {
      const happened = (value: unknown): void => {
        this.resolve({ index, value });
      };
      const failed = (error: unknown): void => {
        this.abandon(error);
      };
      this.#stops.push(one.wait(happened, failed));
      if (!this.#over) continue;
      this.#stop();
      return;
    }
  }

  override resolve(chosen: { readonly index: number; readonly value: unknown }): void {
    this.#stop();
    super.resolve(chosen);
  }

  override abandon(reason: unknown): void {
    this.#stop();
    super.abandon(reason);
  }

  protected override timedOut(timeout: number): TimeoutError {
    const names = this.#cases.map(({ name }) => name).join(", ");
    return new TimeoutError(`select waited ${timeout.toString()} ms for one of these: ${names}`);
  }

  #stop(): void {
    this.#over = true;
    for (const stop of this.#stops) stop();
    this.#stops.length = 0;
  }
}

/** The cases are what is waited for, and are in the report; the choice itself is not. */
const SELECTION: Resource = { kind: "select", name: "", describe: () => ({ awaits: "one of its cases", idle: true }) };

let seed = 1;

/** Which case to try first: by chance, but the same in each run. A fixed order would let the first starve the others. */
function draw(choices: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0; // Numerical Recipes' generator; its high bits are good
  return Math.floor((seed / 2 ** 32) * choices);
}

/**
 * A case of `select`: to receive from a channel.
 *
 * @example
 * ```ts
 * import { channel, receiveFrom, select } from "tailrace";
 *
 * const [first, second] = [channel<string>({ capacity: 1 }), channel<number>({ capacity: 1 })];
 * await second.send(2);
 * console.log(await select([receiveFrom(first), receiveFrom(second)])); // { index: 1, value: 2 }
 * ```
 * @throws {ArgumentError} if it is not given a channel
 */
export function receiveFrom<T>(channel: Pick<Channel<T>, "receive">): Case<T> {
  const from = bounded("channel", channel) as BoundedChannel<T>;
  return {
    name: `receive on channel ${JSON.stringify(from.name)}`,
    attempt() {
      const item = from.tryReceive();
      if (item !== EMPTY) return { value: item };
      if (from.closed) throw from.receiveError();
      return undefined;
    },
    wait(happened, failed) {
      const waiter = new ReceiveWaiter<T>(from, { fulfil: happened, refuse: failed });
      from.await(waiter);
      return () => {
        waiter.queue?.remove(waiter);
      };
    },
  };
}

/**
 * A case of `select`: to send an item to a channel, or by one of its senders.
 *
 * @example
 * ```ts
 * import { after, channel, select, sendTo } from "tailrace";
 *
 * const out = channel<string>({ name: "out", capacity: 1 });
 * const chosen = await select([sendTo(out, "item"), after(100)]);
 * console.log(chosen.index === 0 ? "sent" : "no room");
 * ```
 * @throws {ArgumentError} if it is given neither a channel nor a sender
 */
export function sendTo<T>(channel: Channel<T> | Sender<T>, item: T): Case<void> {
  const to = bounded("channel", channel) as BoundedChannel<T>;
  return {
    name: `send on channel ${JSON.stringify(to.name)}`,
    attempt() {
      if (to.closed || (channel as Sender<T>).closed) throw to.closedError("send");
      return to.trySend(item) || to.drops() ? { value: undefined } : undefined;
    },
    wait(happened, failed) {
      const waiter = new SendWaiter<T>(to, item, { fulfil: happened, refuse: failed });
      to.awaitRoom(waiter);
      return () => {
        waiter.queue?.remove(waiter);
      };
    },
  };
}

/**
 * A case of `select`: so many milliseconds are over.
 *
 * @example
 * ```ts
 * import { after, channel, receiveFrom, select } from "tailrace";
 *
 * const jobs = channel<string>();
 * const { index } = await select([receiveFrom(jobs), after(20)]);
 * console.log(index); // 1
 * ```
 * @throws {ArgumentError} if it is not given a number of milliseconds from 0
 */
export function after(delay: number): Case<void> {
  milliseconds("delay", delay);
  return {
    name: `after ${delay.toString()} ms`,
    attempt: () => undefined,
    wait(happened) {
      if (delay === Infinity) return () => undefined;
      const deadline = startDeadline(delay, {
        expire: () => {
          happened();
        },
      });
      return () => {
        deadline.stop();
      };
    },
  };
}

function bounded(argument: string, given: unknown): BoundedChannel<unknown> {
  const found = given instanceof BoundedChannel ? (given as BoundedChannel<unknown>) : channelOf(given);
  if (found === undefined) throw wrongType(argument, given, "a channel of Tailrace");
  return found;
}
