// The helper stops to wait for the lock, but the request for it stays in the queue: it is granted, and nobody unlocks.
// Ends: exit 13
import { setTimeout as sleep } from "node:timers/promises";
import { Mutex } from "async-mutex";

const mutex = new Mutex();

function within<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("too late")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function update(work: () => Promise<void>): Promise<void> {
  const unlock = await within(mutex.acquire(), 10); // starves
  try {
    await work();
  } finally {
    unlock();
  }
}

const slow = update(() => sleep(30));
await update(async () => undefined).catch(() => undefined);
await slow;
await mutex.acquire(); // waits
