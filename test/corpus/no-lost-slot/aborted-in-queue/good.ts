// The signal takes the resolver out of the queue, if it is still there.
import assert from "node:assert";

export class Semaphore {
  #permits = 1;
  #waiting: (() => void)[] = [];

  async acquire(signal?: AbortSignal): Promise<void> {
    if (this.#permits > 0) {
      this.#permits -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push(resolve);
      signal?.addEventListener(
        "abort",
        () => {
          this.#waiting = this.#waiting.filter((one) => one !== resolve);
          reject(new Error("aborted"));
        },
        { once: true },
      );
    });
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#permits += 1;
  }
}

const semaphore = new Semaphore();
await semaphore.acquire();
const controller = new AbortController();
const late = semaphore.acquire(controller.signal).catch(() => {});
const patient = semaphore.acquire();
controller.abort();
await late;
semaphore.release();
await patient;
assert.ok(semaphore);
