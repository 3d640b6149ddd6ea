// A caller that comes between the release and the continuation of the waiter takes the permit that the waiter then takes once more.
// Ends: exit 1
// Fails: two cranes at once
import assert from "node:assert";

class Semaphore {
  #free: number;
  readonly #waiters: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  async acquire(): Promise<void> {
    if (this.#free === 0) { // starves
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
  if (worst === 1) void crane.acquire().then(() => (worst = Math.max(worst, ++busy)));
}
await Promise.all([lift(), lift()]);
assert.equal(worst, 1, "two cranes at once");
