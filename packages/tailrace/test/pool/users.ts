// All who use a pool, step by step: each method is something that may happen, and things are told by their numbers.
import { pool, PoolClosedError, PoolFullError, TimeoutError } from "tailrace";
import type { Admission, Lease, Pool, PoolOptions } from "tailrace";
import { expect, vi } from "vitest";
import { Gate } from "../tasks.ts";
import { Faulty, FAULTS, POINTS } from "./faulty.ts";
import type { Made } from "./faulty.ts";

/** Somebody who wants something from the pool, and has not got it. */
interface Call {
  readonly controller: AbortController;
  readonly timeout: number;
  /** Whether it counts as waiting. */
  readonly waits: boolean;
  readonly what: string;
}

export class Users {
  readonly pool: Pool<Made>;
  readonly faulty: Faulty = new Faulty();
  protected readonly options: Partial<PoolOptions<Made>>;
  protected readonly calls = new Set<Call>();
  /** Leases that are out, those that were given back, and what runs with one. */
  protected readonly leases: Lease<Made>[] = [];
  readonly #returned: Lease<Made>[] = [];
  readonly #bodies: Gate[] = [];
  protected readonly admissions: Admission<Made>[] = [];
  protected readonly told = new Map<string, number>();
  #closing: Promise<void> | undefined;
  protected isRefused = false;
  protected isClosed = false;

  constructor(options: Partial<PoolOptions<Made>>, points: readonly (typeof POINTS)[number][], hears: boolean) {
    const { spawn, terminate, ...others } = this.faulty.functions;
    const functions = Object.fromEntries(Object.entries(others).filter(([point]) => points.includes(point as "check")));
    const onEvent: PoolOptions<Made>["onEvent"] = ({ type }) => {
      this.told.set(type, (this.told.get(type) ?? 0) + 1);
    };
    this.options = options;
    this.pool = pool({ ...options, ...functions, spawn, terminate, ...(hears ? { onEvent } : undefined) });
  }

  /** Wants something, for some time, and may be aborted. */
  want<R>(
    what: string,
    waits: boolean,
    kind: number,
    fn: (wait: { signal: AbortSignal; timeout?: number }, call: Call) => Promise<R>,
    got: (result: R) => void,
  ): void {
    const controller = new AbortController();
    const { signal } = controller;
    const own = kind % 3 === 0 ? (kind % 5) * 7 + 1 : undefined;
    const timeout = waits || what === "ready" ? (own ?? this.options.acquireTimeout ?? 30_000) : Infinity;
    const call: Call = { controller, timeout, waits, what };
    this.calls.add(call);
    fn({ signal, ...(own === undefined ? undefined : { timeout: own }) }, call).then(
      (result) => {
        this.calls.delete(call);
        got(result);
      },
      (error: unknown) => {
        this.calls.delete(call);
        this.#isJust(call, error);
      },
    );
  }

  /** Nobody is refused without a reason. */
  #isJust({ controller, timeout, what }: Call, error: unknown): void {
    if (error === controller.signal.reason) return;
    if (error instanceof PoolClosedError && this.isRefused) return;
    if (error instanceof PoolFullError && this.options.maxWaiting !== undefined) return;
    if (error instanceof TimeoutError && timeout !== Infinity) return;
    this.faulty.wrong.push(new Error(`${what} was refused`, { cause: error }));
  }

  readonly take = (lease: Lease<Made> | undefined): void => {
    if (lease === undefined) return;
    if (lease.released) expect(this.#closing).toBeDefined();
    else {
      const { value: made, uses, slot } = lease;
      const had = made.holder?.released ?? true;
      same("held by one", had, true);
      same("ended", made.isEnded, false);
      same("bad", made.isBad, false);
      same("lost", made.isLost, lease.signal.aborted);
      same("uses", uses, made.uses + 1);
      same("slot", slot, made.slot);
      made.uses = uses;
      made.holder = lease;
    }
    this.leases.push(lease);
  };

  acquire(kind: number): void {
    this.want("acquire", true, kind, (wait) => this.pool.acquire(wait), this.#guarded(this.take));
  }

  tryAcquire(): void {
    this.want("tryAcquire", false, 1, () => this.pool.tryAcquire(), this.#guarded(this.take));
  }

  use(kind: number): void {
    const body = new Gate();
    const fn = (_: Made, lease: Lease<Made>, call: Call): Promise<void> => {
      this.calls.delete(call);
      this.#guarded(this.take)(lease);
      this.#bodies.push(body);
      return body.opened.catch(() => undefined);
    };
    const use = (wait: object, call: Call): Promise<void> =>
      this.pool.use((made, lease) => fn(made, lease, call), wait);
    this.want("use", true, kind, use, ignore);
  }

  admit(kind: number): void {
    this.want(
      "admit",
      true,
      kind,
      (wait) => this.pool.admit(wait),
      (admission) => this.admissions.push(admission),
    );
  }

  acquireAdmitted(nth: number): void {
    const admission = this.admissions[nth % this.admissions.length];
    if (admission?.over === true) void this.#mustFail(admission.acquire());
    else if (admission !== undefined) {
      this.want("admitted", true, nth, (wait) => admission.acquire(wait), this.#guarded(this.take));
    }
  }

  giveUpAdmission(nth: number): void {
    this.admissions[nth % this.admissions.length]?.release();
  }

  /** Gives a lease back in one of the ways that there are. */
  giveBack(nth: number, way: number): void {
    const [lease] = this.leases.splice(nth % this.leases.length, 1);
    if (lease === undefined) return;
    if (way % 4 === 0) lease.discard(new Error("discarded"));
    else if (way % 4 === 1) lease[Symbol.dispose]();
    else if (way % 4 === 2) void lease[Symbol.asyncDispose]();
    else lease.release();
    same("released", lease.released, true);
    this.#returned.push(lease);
  }

  giveBackAgain(nth: number): void {
    this.#returned[nth % this.#returned.length]?.release();
  }

  endBody(nth: number, way: number): void {
    const [body] = this.#bodies.splice(nth % this.#bodies.length, 1);
    if (way % 2 === 0) body?.open();
    else body?.fail(new Error("the body fails"));
  }

  abort(nth: number): void {
    const call = [...this.calls][nth % this.calls.size];
    call?.controller.abort(new Error("aborted"));
  }

  lose(nth: number): void {
    const { made } = this.faulty;
    made[made.length - 1 - (nth % Math.min(made.length, 6))]?.lost(new Error("lost"));
  }

  ready(): void {
    this.want("ready", false, 1, (wait) => this.pool.ready(wait), ignore);
  }

  drain(): void {
    this.isRefused = true;
    this.want("drain", false, 1, (wait) => this.pool.drain(wait), ignore);
  }

  selfTest(kind: number): void {
    this.want("self-test", false, kind, (wait) => this.pool.selfTest(wait), ignore);
  }

  fault(point: number, fault: number): void {
    this.faulty.plan(POINTS[point % POINTS.length] ?? "spawn", FAULTS[fault % FAULTS.length] ?? "throw");
  }

  open(nth: number): void {
    this.faulty.tell(nth, "open");
  }

  fail(nth: number): void {
    this.faulty.tell(nth, "fail");
  }

  pass(ms: number): void {
    vi.advanceTimersByTime(ms % 25);
  }

  close(grace: number): void {
    this.isRefused = true;
    this.#closing ??= this.pool.close({ grace: grace % 2 === 0 ? 15 : 0 });
    void this.#closing.then(() => {
      this.isClosed = true;
    });
  }

  async #mustFail(work: Promise<unknown>): Promise<void> {
    await work.then(
      () => this.faulty.wrong.push(new Error("an admission was used twice")),
      () => undefined,
    );
  }

  #guarded<R>(fn: (given: R) => void): (given: R) => void {
    return (given) => {
      try {
        fn(given);
      } catch (error) {
        this.faulty.wrong.push(error as Error);
      }
    };
  }

  /** Nobody keeps anything. */
  protected letGo(): void {
    this.faulty.lift();
    for (const body of this.#bodies.splice(0)) body.open();
    for (const admission of this.admissions.splice(0)) admission.release();
    while (this.leases.length > 0) this.giveBack(0, 3);
  }
}

/** An expectation would be the most of the time. */
export function same(what: string, one: unknown, other: unknown): void {
  if (one !== other) expect([what, one]).toEqual([what, other]);
}

function ignore(): void {
  // nothing is to be done
}
