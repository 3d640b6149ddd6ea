// Every order in which a few operations can be made on a box, with one of them given up at each moment in between.
import { EMPTY, mvar, TimeoutError } from "tailrace";
import type { MVar } from "tailrace";
import { explore } from "tailrace/testing";
import type { Step } from "tailrace/testing";
import { describe, expect, test } from "vitest";
import { idle } from "../deadline.ts";
import { Naive } from "./naive.ts";

type Operation = "put" | "take" | "read" | "swap";

/** What the parties of one run do to the same box, and what became of it. */
class Trial {
  readonly #box: MVar<number> = mvar({ name: "explored" });
  readonly #naive = new Naive();
  readonly #controllers = new Map<number, AbortController>();
  readonly #outcomes = new Map<number, unknown>();
  readonly #operations: readonly Operation[];
  /** Who reads, and has neither got anything nor given up. */
  readonly #reading = new Set<number>();
  /** What each of those must get who read while something was put. */
  readonly #guaranteed = new Map<number, number>();

  constructor(operations: readonly Operation[]) {
    this.#operations = operations;
  }

  /** What is put in, if something is, has the number of the operation. */
  make(nth: number): void {
    const controller = this.#controllers.get(nth) ?? new AbortController();
    this.#controllers.set(nth, controller);
    const { signal } = controller;
    const operation = this.#operations[nth];
    const given = new Map<Operation | undefined, () => Promise<unknown>>([
      ["put", () => this.#box.put(nth, { signal }).then(() => "put")],
      ["take", () => this.#box.take({ signal })],
      ["read", () => this.#box.read({ signal })],
      ["swap", () => this.#box.swap(nth, { signal })],
    ]).get(operation);
    if (signal.aborted) this.#naive.outcomes.set(nth, "aborted");
    else if (operation === "put" || operation === "swap") this.#naive[operation](nth, nth);
    else if (operation !== undefined) this.#naive[operation](nth);
    // With one put only, it is known what they get who read when it is made.
    if (operation === "put" && !signal.aborted) for (const reader of this.#reading) this.#guaranteed.set(reader, nth);
    if (operation === "read" && !signal.aborted) this.#reading.add(nth);
    void given?.().then(
      (outcome) => {
        this.#reading.delete(nth);
        return this.#outcomes.set(nth, outcome);
      },
      (reason: unknown) => this.#outcomes.set(nth, reason),
    );
  }

  abort(nth: number): void {
    const controller = this.#controllers.get(nth) ?? new AbortController();
    this.#controllers.set(nth, controller);
    controller.abort("aborted");
    this.#naive.abort(nth);
    this.#reading.delete(nth);
  }

  /** To be called when everything that can go on has done so. */
  async check(): Promise<void> {
    expect(this.#outcomes).toEqual(this.#naive.outcomes);
    if (this.#operations.filter((one) => one === "put").length === 1 && !this.#operations.includes("swap")) {
      for (const [reader, value] of this.#guaranteed) expect(this.#outcomes.get(reader)).toBe(value);
    }
    const left = await this.#box.tryTake();
    const waits = this.#operations.filter((_, nth) => !this.#outcomes.has(nth));
    // Nobody waits for what is there: no wake-up is lost.
    if (left === EMPTY) expect(waits).not.toContain("put");
    else expect(waits).toEqual(waits.filter((one) => one === "put"));
    // What was put in is there or was taken out, once.
    this.#operations.forEach((_, nth) => {
      if (!this.#outcomes.has(nth)) this.abort(nth);
    });
    const rest = [left, await this.#box.tryTake()].filter((value): value is number => value !== EMPTY);
    await idle();
    const done = this.#operations.map((operation, nth) => ({ operation, nth, outcome: this.#outcomes.get(nth) }));
    const succeeded = done.filter(({ outcome }) => outcome !== "aborted");
    const put = succeeded.filter(({ operation }) => operation === "put" || operation === "swap").map(({ nth }) => nth);
    const taken = succeeded.filter(({ operation }) => operation === "take" || operation === "swap");
    const out = [...taken.map(({ outcome }) => outcome as number), ...rest];
    expect(out.toSorted((a, b) => a - b)).toEqual(put);
  }
}

describe("under every schedule, with any of them given up at any moment", () => {
  test.each([
    ["put, take", 48],
    ["put, put, take, take", 7680],
    ["read, read, take, put", 7680],
    ["swap, take, put", 576],
    ["swap, swap, put, take", 7680],
  ])("%s: %i schedules", async (names, schedules) => {
    const operations = names.split(", ") as Operation[];
    let [tried, checked] = [0, 0];
    for (const victim of operations.keys()) {
      const exploration = await explore((explored) => {
        const trial = new Trial(operations);
        operations.forEach((operation, nth) => {
          explored.party(`${operation} ${nth.toString()}`, () => {
            trial.make(nth);
          });
        });
        explored.party(`abort ${victim.toString()}`, () => {
          trial.abort(victim);
        });
        return async () => {
          await trial.check();
          checked++;
        };
      });
      expect(exploration.complete).toBe(true);
      tried += exploration.schedules;
    }
    expect([tried, checked]).toEqual([schedules, schedules]);
  });
});

const FAILED = new Error("the function failed");
/** What a call adds to the value. */
const ADDED = 100;

/** Values, in a box that is also lent. */
class Loans {
  readonly #box: MVar<number> = mvar({ name: "lent", value: 1 });
  readonly #fails: boolean;
  readonly #controllers = new Map<string, AbortController>();
  readonly #put: number[] = [1];
  readonly #out: number[] = [];
  /** Whether some call has added something. */
  #added = 0;

  constructor(fails: boolean) {
    this.#fails = fails;
  }

  readonly does: Readonly<Record<string, (step: Step) => Promise<unknown>>> = {
    modify: async (step) => {
      const lent = this.#box.modify(async (value) => {
        await step();
        // For all others it is empty, and closed.
        expect(await this.#box.tryPut(0)).toBe(false);
        expect(await this.#box.tryTake()).toBe(EMPTY);
        await step();
        if (this.#fails) throw FAILED;
        return value + ADDED;
      }, this.#wait("modify"));
      if (await succeeds(lent, FAILED)) this.#added += ADDED;
    },
    take: async () => succeeds(this.#box.take(this.#wait("take")).then((value) => this.#out.push(value))),
    put: async () => succeeds(this.#box.put(2, this.#wait("put")).then(() => this.#put.push(2))),
    read: async () => succeeds(this.#box.read(this.#wait("read"))),
    swap: async () => {
      const swapped = this.#box.swap(4, this.#wait("swap")).then((value) => {
        this.#out.push(value);
        this.#put.push(4);
      });
      await succeeds(swapped);
    },
  };

  abort(name: string): void {
    this.#controller(name).abort("aborted");
  }

  /** What was put in came out or is there, once, and with what the call has added; nobody waits for what is there. */
  async check(): Promise<void> {
    const left = await this.#box.tryTake();
    if (left !== EMPTY) this.#out.push(left);
    expect(this.#out).toHaveLength(this.#put.length);
    expect(sum(this.#out)).toBe(sum(this.#put) + this.#added);
  }

  #wait(name: string): { readonly signal: AbortSignal; readonly timeout: number } {
    return { signal: this.#controller(name).signal, timeout: 50 };
  }

  #controller(name: string): AbortController {
    const controller = this.#controllers.get(name) ?? new AbortController();
    this.#controllers.set(name, controller);
    return controller;
  }
}

/** Who waits although the box is as they need it. */
const LOST = /^(?:put .*\(empty|(?:take|read|swap|modify) .*\(full)/u;

/** Whether it did; it may only fail as it was told to, or because its time was over before the box was as it needs it. */
async function succeeds(operation: Promise<unknown>, ...failures: readonly unknown[]): Promise<boolean> {
  try {
    await operation;
    return true;
  } catch (error) {
    if (error instanceof TimeoutError) expect(error.message).not.toMatch(LOST);
    else expect(["aborted", ...failures]).toContain(error);
    return false;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

describe.each([false, true])("a box that is lent, to a call that fails: %s", (fails) => {
  test.each([
    ["modify, take", "modify", 250],
    ["take, modify", "take", 178],
    ["put, modify", "put", 270],
    ["put, modify, take", "put", 7076],
    ["modify, put, take", "modify", 8148],
    ["read, modify, take", "read", 5466],
    ["swap, modify, take", "swap", 5526],
  ])("%s, where %s is given up at any moment: %i schedules", async (names, victim, schedules) => {
    const exploration = await explore((explored) => {
      const loans = new Loans(fails);
      for (const name of names.split(", ")) explored.party(name, loans.does[name] ?? (() => expect.fail(name)));
      explored.party("abort", () => {
        loans.abort(victim);
      });
      return () => loans.check();
    });
    expect(exploration).toEqual({ schedules, complete: true });
  });
});
