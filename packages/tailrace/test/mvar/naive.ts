import { EMPTY } from "tailrace";

interface Waiting {
  readonly id: number;
  readonly kind: "take" | "read" | "swap" | "lend";
  /** What a swap puts in. */
  readonly brings?: number;
}

/**
 * A box as one would write it without a thought for speed: everybody stands in line first, and then those are served who
 * can be, until nobody can. What the real one has to agree with.
 */
export class Naive {
  value: number | typeof EMPTY = EMPTY;
  lentTo: number | undefined;
  takers: Waiting[] = [];
  readers: Waiting[] = [];
  putters: { readonly id: number; readonly value: number }[] = [];
  /** How each operation ended, by its number. */
  readonly outcomes = new Map<number, unknown>();
  /** What was lent to each call. */
  readonly lent = new Map<number, number>();

  put(id: number, value: number): void {
    this.putters.push({ id, value });
    this.#serve();
  }

  take(id: number): void {
    this.takers.push({ id, kind: "take" });
    this.#serve();
  }

  read(id: number): void {
    this.readers.push({ id, kind: "read" });
    this.#serve();
  }

  swap(id: number, value: number): void {
    this.takers.push({ id, kind: "swap", brings: value });
    this.#serve();
  }

  lend(id: number): void {
    this.takers.push({ id, kind: "lend" });
    this.#serve();
  }

  /** The call that has the box ends, and leaves that in it. */
  giveBack(left: number | typeof EMPTY, outcome: unknown): void {
    if (this.lentTo === undefined) return;
    this.outcomes.set(this.lentTo, outcome);
    this.lentTo = undefined;
    this.value = left;
    this.#serve();
  }

  /** An operation that does not wait: it is made, and given up at once. */
  attempt(id: number, operation: () => void, otherwise: unknown): void {
    operation();
    this.abort(id, otherwise);
  }

  abort(id: number, outcome: unknown = "aborted"): void {
    const isOther = (one: { readonly id: number }): boolean => one.id !== id;
    const before = this.#waiting;
    this.takers = this.takers.filter(isOther);
    this.readers = this.readers.filter(isOther);
    this.putters = this.putters.filter(isOther);
    if (this.#waiting < before) this.outcomes.set(id, outcome);
  }

  get #waiting(): number {
    return this.takers.length + this.readers.length + this.putters.length;
  }

  #serve(): void {
    while (this.#serveOne());
  }

  #serveOne(): boolean {
    if (this.lentTo !== undefined) return false;
    if (this.value === EMPTY) {
      const putter = this.putters.shift();
      if (putter === undefined) return false;
      this.value = putter.value;
      this.outcomes.set(putter.id, "put");
      return true;
    }
    const next = this.readers.shift() ?? this.takers.shift();
    if (next === undefined) return false;
    if (next.kind === "lend") {
      this.lentTo = next.id;
      this.lent.set(next.id, this.value);
    } else this.outcomes.set(next.id, this.value);
    if (next.kind !== "read") this.value = next.brings ?? EMPTY;
    return true;
  }
}
