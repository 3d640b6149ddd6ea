// A bounded buffer with room for two: the third put() waits for a take() that comes after all five.
// Ends: exit 13
class BoundedBuffer<T> {
  readonly #capacity: number;
  readonly #items: T[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async put(item: T): Promise<void> {
    while (this.#items.length >= this.#capacity) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#items.push(item);
  }

  take(): T | undefined {
    const item = this.#items.shift();
    this.#waiting.shift()?.();
    return item;
  }
}

const buffer = new BoundedBuffer<number>(2);
for (let number = 1; number <= 5; number += 1) {
  await buffer.put(number); // starves
}
const taken: number[] = [];
for (let item = buffer.take(); item !== undefined; item = buffer.take()) taken.push(item);
if (taken.length !== 5) throw new Error(taken.join());
