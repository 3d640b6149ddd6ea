// What a pool is made of, with faults: each of its functions can be told what to do the next time.
import type { Lease, PoolOptions } from "tailrace";

export const POINTS = ["clean", "prepare", "spawn", "customize", "check", "reset", "terminate", "broken"] as const;
type Point = (typeof POINTS)[number];

/**
 * What a function does instead of succeeding at once: `hang` and `deaf` are told later how to end, `deaf` whether or not
 * somebody still waits for it; `lost` finds out meanwhile that the instance is of no use, and succeeds; `no` gives the
 * wrong answer.
 */
export const FAULTS = ["throw", "reject", "slow", "hang", "deaf", "lost", "lost and hang", "no"] as const;
export type Fault = (typeof FAULTS)[number];

/** What is given to the functions, as far as it matters here. */
type Context = Pick<Parameters<PoolOptions<Made>["spawn"]>[0], "slot" | "signal" | "lost">;

/** An instance. */
export interface Made {
  readonly id: number;
  readonly slot: number;
  readonly lost: Context["lost"];
  /** Who has it, or had it last. */
  holder: Lease<Made> | undefined;
  uses: number;
  /** Whether it was said of it that it is of no use: that it is lost, or by a function that failed. */
  isLost: boolean;
  isBad: boolean;
  isEnded: boolean;
}

/** A function that hangs until it is told. */
interface Gate {
  open(): void;
  fail(): void;
}

export class Faulty {
  readonly made: Made[] = [];
  /** What is wrong, where nobody can be told. */
  readonly wrong: Error[] = [];
  /** How many of them were not ended, in the slots of the pool. */
  alive = 0;
  readonly #gates = new Set<Gate>();
  readonly #plans = new Map<Point, Fault[]>(POINTS.map((point) => [point, []]));

  /** The functions of a pool. */
  readonly functions: Required<Pick<PoolOptions<Made>, Point>> = {
    clean: (context) => this.#run("clean", context),
    prepare: (context) => this.#run("prepare", context),
    spawn: (context) => {
      const made = this.#make(context);
      return this.#run("spawn", { ...context, lost: made.lost }, undefined, () => this.#keep(made));
    },
    customize: (made, context) => this.#run("customize", context, made),
    check: (made, context) => this.#run("check", context, made),
    reset: (made, context) => this.#run("reset", context, made),
    terminate: (made, context) => {
      if (made.isEnded) this.wrong.push(new Error(`instance ${made.id.toString()} is ended twice`));
      if (made.holder?.released === false) this.wrong.push(new Error("an instance is ended that somebody has"));
      if (context.reason === "lost" && !made.isLost) this.wrong.push(new Error("an instance is lost that was not"));
      made.isEnded = true;
      if (made.slot > 0) this.alive--;
      return this.#run("terminate", context);
    },
    broken: () => {
      const fault = this.#plans.get("broken")?.shift();
      if (fault === "throw") throw new Error("broken fails");
      return fault !== undefined;
    },
  };

  /** The function at that point will do that, when it has done what it was told before. */
  plan(point: Point, fault: Fault): void {
    this.#plans.get(point)?.push(fault);
  }

  /** From now on all is well: what hangs ends, too. */
  lift(): void {
    for (const plans of this.#plans.values()) plans.length = 0;
    for (const gate of [...this.#gates]) gate.open();
  }

  /** Tells one of those that hang how to end. */
  tell(nth: number, how: keyof Gate): void {
    const gates = [...this.#gates];
    gates[nth % gates.length]?.[how]();
  }

  get hangs(): boolean {
    return this.#gates.size > 0;
  }

  #make({ slot, lost }: Context): Made {
    const made: Made = {
      id: this.made.length,
      slot,
      lost: (reason) => {
        made.isLost = true;
        lost(reason);
      },
      holder: undefined,
      uses: 0,
      isLost: false,
      isBad: false,
      isEnded: false,
    };
    return made;
  }

  #keep(made: Made): Made {
    this.made.push(made);
    if (made.slot > 0) this.alive++;
    return made;
  }

  #run<R = undefined>(point: Point, context: Context, made?: Made, succeed?: () => R): R | Promise<R> {
    const { signal, lost } = context;
    const error = new Error(`${point} fails`);
    const result = (): R => succeed?.() as R;
    const fault = this.#plans.get(point)?.shift();
    if (made !== undefined) {
      made.isBad ||= fault === "throw" || fault === "reject" || (fault === "no" && point === "check");
      made.isLost ||= fault?.startsWith("lost") === true;
    }
    if (fault === "throw") throw error;
    if (fault === "reject") return Promise.reject(error);
    if (fault?.startsWith("lost") === true) lost(error);
    if (fault === "slow") return Promise.resolve().then(result);
    if (fault === "no" && point === "check") return false as R;
    if (fault === "hang" || fault === "deaf" || fault === "lost and hang") {
      return this.#hang(fault === "deaf" ? undefined : signal, error).then(result);
    }
    return result();
  }

  #hang(signal: AbortSignal | undefined, error: Error): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => (): void => {
        this.#gates.delete(gate);
        settle();
      };
      const fail = end(() => {
        reject(error);
      });
      const gate: Gate = { open: end(resolve), fail };
      this.#gates.add(gate);
      signal?.addEventListener("abort", fail, { once: true });
      if (signal?.aborted === true) fail();
    });
  }
}
