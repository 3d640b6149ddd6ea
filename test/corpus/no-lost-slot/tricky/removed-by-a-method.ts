// The abort takes the waiter out of the queue by a method of the class.
import assert from "node:assert";

interface Waiter {
  resolve: () => void;
}

class Lock {
  #held = false;
  #queue: Waiter[] = [];

  acquire(signal: AbortSignal): Promise<void> {
    if (!this.#held) {
      this.#held = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiter = { resolve };
      this.#queue.push(waiter);
      signal.addEventListener("abort", () => {
        this.#forget(waiter);
        reject(new Error("aborted"));
      });
    });
  }

  #forget(waiter: Waiter): void {
    this.#queue = this.#queue.filter((one) => one !== waiter);
  }

  release(): void {
    const next = this.#queue.shift();
    if (next) next.resolve();
    else this.#held = false;
  }
}

const lock = new Lock();
await lock.acquire(new AbortController().signal);
const controller = new AbortController();
setTimeout(() => controller.abort(), 5);
await assert.rejects(lock.acquire(controller.signal), /aborted/);
lock.release();
await lock.acquire(new AbortController().signal);
