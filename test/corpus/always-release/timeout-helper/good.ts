// A lock that knows how long to wait takes its request back.
import { setTimeout as sleep } from "node:timers/promises";
import { Mutex, withTimeout } from "async-mutex";

const mutex = withTimeout(new Mutex(), 10);

async function update(work: () => Promise<void>): Promise<void> {
  const unlock = await mutex.acquire();
  try {
    await work();
  } finally {
    unlock();
  }
}

const slow = update(() => sleep(30));
await update(async () => undefined).catch(() => undefined);
await slow;
const unlock = await mutex.acquire();
unlock();
