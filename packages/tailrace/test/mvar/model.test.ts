import fc from "fast-check";
import { EMPTY, mvar } from "tailrace";
import type { MVar } from "tailrace";
import { expect, test } from "vitest";
import { idle } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";
import { Gate } from "../tasks.ts";
import { Naive } from "./naive.ts";

nothingIsLeft();

const FAILED = new Error("the function failed");

/** The real box, driven as the naive one. */
class Real {
  readonly outcomes = new Map<number, unknown>();
  readonly lent = new Map<number, number>();
  readonly #box: MVar<number> = mvar();
  readonly #controllers = new Map<number, AbortController>();
  #loan: Gate<number | typeof EMPTY> | undefined;

  put(id: number, value: number): void {
    this.#note(
      id,
      this.#box.put(value, this.#wait(id)).then(() => "put"),
    );
  }

  take(id: number): void {
    this.#note(id, this.#box.take(this.#wait(id)));
  }

  read(id: number): void {
    this.#note(id, this.#box.read(this.#wait(id)));
  }

  swap(id: number, value: number): void {
    this.#note(id, this.#box.swap(value, this.#wait(id)));
  }

  lend(id: number): void {
    const call = this.#box.modifyMaybe((value) => {
      expect(this.#loan).toBeUndefined();
      this.lent.set(id, value);
      this.#loan = new Gate();
      return this.#loan.opened;
    }, this.#wait(id));
    this.#note(id, call);
  }

  async giveBack(left: number | typeof EMPTY | Error): Promise<void> {
    await idle(); // it may not have been called yet
    const loan = this.#loan;
    this.#loan = undefined;
    if (left instanceof Error) loan?.fail(left);
    else loan?.open(left);
    await idle();
  }

  tryPut(id: number, value: number): void {
    this.#note(
      id,
      this.#box.tryPut(value).then((put) => (put ? "put" : EMPTY)),
    );
  }

  tryTake(id: number): void {
    this.#note(id, this.#box.tryTake());
  }

  tryRead(id: number): void {
    this.#note(id, this.#box.tryRead());
  }

  trySwap(id: number, value: number): void {
    this.#note(id, this.#box.trySwap(value));
  }

  isEmpty(id: number): void {
    this.#note(id, this.#box.isEmpty());
  }

  abort(id: number): void {
    this.#controllers.get(id)?.abort("aborted");
  }

  abortAll(): void {
    for (const id of this.#controllers.keys()) this.abort(id);
  }

  #wait(id: number): { readonly signal: AbortSignal } {
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    return { signal: controller.signal };
  }

  #note(id: number, work: Promise<unknown>): void {
    work.then(
      (value) => this.outcomes.set(id, value),
      (error: unknown) => this.outcomes.set(id, error),
    );
  }
}

type Waits = "put" | "take" | "read" | "swap" | "lend";
type Tries = "tryPut" | "tryTake" | "tryRead" | "trySwap" | "isEmpty";
type Step =
  | { readonly do: Waits | Tries | "turn" }
  | { readonly do: "abort"; readonly back: number }
  | { readonly do: "return"; readonly leaves: "value" | "nothing" | "error" };

const steps = fc.array(
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.constantFrom<Step>({ do: "put" }, { do: "take" }, { do: "read" }, { do: "swap" }, { do: "lend" }),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Step>(
        { do: "tryPut" },
        { do: "tryTake" },
        { do: "tryRead" },
        { do: "trySwap" },
        { do: "isEmpty" },
      ),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("abort" as const), back: fc.nat(6) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("return" as const),
        leaves: fc.constantFrom("value" as const, "nothing" as const, "error" as const),
      }),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "turn" }) },
  ),
  { maxLength: 60 },
);

/** Lets the call end that has the box, in both. */
async function giveBack(naive: Naive, real: Real, leaves: "value" | "nothing" | "error", value: number): Promise<void> {
  const before = naive.lentTo === undefined ? EMPTY : (naive.lent.get(naive.lentTo) ?? EMPTY);
  const left = leaves === "value" ? value : leaves === "nothing" ? EMPTY : FAILED;
  if (left === FAILED) naive.giveBack(before, FAILED);
  else naive.giveBack(left as number | typeof EMPTY, left);
  await real.giveBack(left);
}

test("a box agrees with the naive one, whatever is put, taken, lent and given up", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (program) => {
      const naive = new Naive();
      const real = new Real();
      let id = 0;
      for (const step of program) {
        id++;
        switch (step.do) {
          case "put":
          case "swap":
            naive[step.do](id, id);
            real[step.do](id, id);
            break;
          case "take":
          case "read":
          case "lend":
            naive[step.do](id);
            real[step.do](id);
            break;
          case "tryPut":
            naive.attempt(
              id,
              () => {
                naive.put(id, id);
              },
              EMPTY,
            );
            real.tryPut(id, id);
            break;
          case "trySwap":
            naive.attempt(
              id,
              () => {
                naive.swap(id, id);
              },
              EMPTY,
            );
            real.trySwap(id, id);
            break;
          case "tryTake":
            naive.attempt(
              id,
              () => {
                naive.take(id);
              },
              EMPTY,
            );
            real.tryTake(id);
            break;
          case "tryRead":
            naive.attempt(
              id,
              () => {
                naive.read(id);
              },
              EMPTY,
            );
            real.tryRead(id);
            break;
          case "isEmpty":
            naive.outcomes.set(id, naive.value === EMPTY);
            real.isEmpty(id);
            break;
          case "abort":
            naive.abort(id - step.back);
            real.abort(id - step.back);
            break;
          case "return":
            await giveBack(naive, real, step.leaves, id);
            break;
          case "turn":
            await idle();
            expect(real.outcomes).toEqual(naive.outcomes);
            break;
        }
      }
      await idle();
      expect(real.outcomes).toEqual(naive.outcomes);
      for (let one = 1; one <= id; one++) naive.abort(one);
      real.abortAll();
      await giveBack(naive, real, "error", 0);
      expect(real.outcomes).toEqual(naive.outcomes);
      expect(real.lent).toEqual(naive.lent);
    }),
    { numRuns: 1000 },
  );
});
