// The method that each tick calls asks itself whether a run goes on, within its `try`.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

class Clock {
  worst = 0;
  #now = 0;
  #busy = false;
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#timer = setInterval(async () => await this.onTick(), 5);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async onTick(): Promise<void> {
    if (this.#busy) return;
    try {
      this.#busy = true;
      await this.#measure();
    } catch (error) {
      console.error(error);
    } finally {
      this.#busy = false;
    }
  }

  async #measure(): Promise<void> {
    this.#now += 1;
    this.worst = Math.max(this.worst, this.#now);
    await sleep(20);
    this.#now -= 1;
  }
}

const clock = new Clock();
clock.start();
await sleep(60);
clock.stop();
assert.equal(clock.worst, 1);
