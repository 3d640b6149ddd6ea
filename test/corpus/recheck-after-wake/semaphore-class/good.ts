// The waiter looks again whether a permit is free, and waits once more where another caller was faster.
import assert from "node:assert";

class Semaphore {
  #free: number;
  readonly #waiters: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  async acquire(): Promise<void> {
    while (this.#free === 0) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
    this.#free--;
  }

  release(): void {
    this.#free++;
    this.#waiters.shift()?.();
  }
}

const crane = new Semaphore(1);
let busy = 0;
let worst = 0;
async function lift(): Promise<void> {
  await crane.acquire();
  busy += 1;
  worst = Math.max(worst, busy);
  await new Promise((resolve) => setTimeout(resolve, 5));
  busy -= 1;
  crane.release();
}
await Promise.all([lift(), lift(), lift()]);
assert.equal(worst, 1);
