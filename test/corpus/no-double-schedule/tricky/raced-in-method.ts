// What each tick asks is given a time limit by a method of its own.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

class Monitor {
  failures = 0;
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#timer = setInterval(async () => {
      if (!(await this.#check())) this.failures += 1;
    }, 40);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #check(): Promise<boolean> {
    try {
      await this.#withTimeout(this.#ask());
      return true;
    } catch {
      return false;
    }
  }

  async #ask(): Promise<void> {
    await new Promise(() => {});
  }

  #withTimeout<T>(promise: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error("no answer")), 5);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }
}

const monitor = new Monitor();
monitor.start();
await sleep(120);
monitor.stop();
assert.ok(monitor.failures > 0);
