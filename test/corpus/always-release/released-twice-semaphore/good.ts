// `finally` alone releases the permit.
import { setImmediate as turn } from "node:timers/promises";
import { Sema } from "async-sema";

const limit = new Sema(2);
let running = 0;
let most = 0;

async function measure(isNew: boolean): Promise<void> {
  await limit.acquire();
  try {
    if (!isNew) return;
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  } finally {
    limit.release();
  }
}

await measure(false);
await Promise.all(Array.from({ length: 6 }, () => measure(true)));
if (most !== 2) throw new Error(`${String(most)} at once`);
