/** Words that threads share. Each call is one atomic step, and all threads see all steps in one order. */
export interface Memory {
  load(at: number): number;
  store(at: number, value: number): void;
  /** Writes the value if the word is as expected; says whether it was. */
  swap(at: number, expected: number, value: number): boolean;
  /**
   * Writes what the function makes of the word, nothing if that is the same; gives the word from before. One step: as long
   * as others come between, nothing has happened.
   */
  update(at: number, change: Change, a?: number, b?: number, c?: number): number;
  /** Gives the value from before. */
  add(at: number, by: number): number;
  /** Wakes all who wait on the word. */
  wake(at: number): void;
}

/** What becomes of a word, and nothing else; `a`, `b` and `c` are what `update` was given. */
export type Change = (word: number, a: number, b: number, c: number) => number;

/** The real one. */
export class SharedMemory implements Memory {
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(words: Int32Array<SharedArrayBuffer>) {
    this.words = words;
  }

  load(at: number): number {
    return Atomics.load(this.words, at);
  }

  store(at: number, value: number): void {
    Atomics.store(this.words, at, value);
  }

  swap(at: number, expected: number, value: number): boolean {
    return Atomics.compareExchange(this.words, at, expected, value) === expected;
  }

  update(at: number, change: Change, a = 0, b = 0, c = 0): number {
    for (;;) {
      const word = Atomics.load(this.words, at);
      const next = change(word, a, b, c);
      if (next === word || Atomics.compareExchange(this.words, at, word, next) === word) return word;
    }
  }

  add(at: number, by: number): number {
    return Atomics.add(this.words, at, by);
  }

  wake(at: number): void {
    Atomics.notify(this.words, at);
  }
}
