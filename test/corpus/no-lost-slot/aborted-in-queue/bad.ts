// The signal rejects the promise and leaves its resolver in the queue: the next permit is lost to it.
// Ends: hang
export class Semaphore {
  #permits = 1;
  readonly #waiting: (() => void)[] = [];

  async acquire(signal?: AbortSignal): Promise<void> {
    if (this.#permits > 0) {
      this.#permits -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push(resolve);
      signal?.addEventListener("abort", () => reject(new Error("aborted")), { once: true }); // starves
    });
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#permits += 1;
  }
}

setInterval(() => {}, 1_000);
const semaphore = new Semaphore();
await semaphore.acquire();
const controller = new AbortController();
const late = semaphore.acquire(controller.signal).catch(() => {});
const patient = semaphore.acquire();
controller.abort();
await late;
semaphore.release();
await patient; // waits
