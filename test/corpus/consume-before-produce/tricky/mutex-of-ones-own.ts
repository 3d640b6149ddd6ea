// A lock that is free does not wait: unlock() comes after lock(), as it should.
class Mutex {
  #locked = false;
  readonly #waiting: (() => void)[] = [];

  async lock(): Promise<void> {
    while (this.#locked) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#locked = true;
  }

  unlock(): void {
    this.#locked = false;
    this.#waiting.shift()?.();
  }
}

const mutex = new Mutex();
await mutex.lock();
let count = 1;
mutex.unlock();
await mutex.lock();
count += 1;
mutex.unlock();
if (count !== 2) throw new Error(`${count}`);
