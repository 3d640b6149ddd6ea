// `release` goes on to the next waiter until one still waits.
import assert from "node:assert";

interface Waiter {
  cancelled: boolean;
  resolve: () => void;
}

const queue: Waiter[] = [];
let free = 1;

function acquire(signal?: AbortSignal): Promise<void> {
  if (free > 0) {
    free -= 1;
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const waiter: Waiter = { cancelled: false, resolve };
    signal?.addEventListener("abort", () => {
      waiter.cancelled = true;
      reject(signal.reason as Error);
    });
    queue.push(waiter);
  });
}

function release(): void {
  for (let waiter = queue.shift(); waiter; waiter = queue.shift()) {
    if (waiter.cancelled) continue;
    waiter.resolve();
    return;
  }
  free += 1;
}

await acquire();
const controller = new AbortController();
const late = acquire(controller.signal).catch(() => {});
const patient = acquire();
controller.abort();
await late;
release();
await patient;
assert.equal(queue.length, 0);
