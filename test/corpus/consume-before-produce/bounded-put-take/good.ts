// The producer is started, not awaited; taking gives it room until it is done.
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
const produce = async (): Promise<void> => {
  for (let number = 1; number <= 5; number += 1) {
    await buffer.put(number);
  }
};
const producing = produce();
const taken: number[] = [];
while (taken.length < 5) {
  const item = buffer.take();
  if (item === undefined) await new Promise(setImmediate);
  else taken.push(item);
}
await producing;
if (taken.length !== 5) throw new Error(taken.join());
