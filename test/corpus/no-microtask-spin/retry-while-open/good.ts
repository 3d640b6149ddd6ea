// After a failure it waits a little before the next attempt.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

class Breaker {
  #open = false;

  trip(): void {
    this.#open = true;
    setTimeout(() => {
      this.#open = false;
    }, 20);
  }

  async fire(): Promise<string> {
    if (this.#open) throw new Error("open");
    return "ok";
  }

  get opened(): boolean {
    return this.#open;
  }
}

const breaker = new Breaker();
breaker.trip();
while (breaker.opened) {
  await breaker.fire().catch(() => sleep(5));
}
assert.equal(await breaker.fire(), "ok");
