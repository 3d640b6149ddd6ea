// Who waits takes nothing afterwards: the permit comes with the wake-up.
import assert from "node:assert";

class Permits {
  #free = 1;
  readonly #waiters: (() => void)[] = [];
  async acquire(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }
  release(): void {
    const next = this.#waiters.shift();
    if (next) next();
    else this.#free += 1;
  }
}

const permits = new Permits();
await permits.acquire();
const second = permits.acquire();
permits.release();
await second;
permits.release();
await permits.acquire();
assert.ok(true);
