// The next waiter has given up, and `release` returns: the permit is neither passed on nor free.
// Ends: hang
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
  const waiter = queue.shift();
  if (!waiter) {
    free += 1;
    return;
  }
  if (waiter.cancelled) return; // starves
  waiter.resolve();
}

setInterval(() => {}, 1_000);
await acquire();
const controller = new AbortController();
const late = acquire(controller.signal).catch(() => {});
const patient = acquire();
controller.abort();
await late;
release();
await patient; // waits
