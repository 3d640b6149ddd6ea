// Where nothing is new the permit is released, and once more in `finally`: the second time one is added to the limit.
// Ends: exit 1
// Fails: 3 at once
import { setImmediate as turn } from "node:timers/promises";
import { Sema } from "async-sema";

const limit = new Sema(2);
let running = 0;
let most = 0;

async function measure(isNew: boolean): Promise<void> {
  await limit.acquire();
  try {
    if (!isNew) {
      limit.release();
      return;
    }
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  } finally {
    limit.release(); // starves
  }
}

await measure(false);
await Promise.all(Array.from({ length: 6 }, () => measure(true)));
if (most > 2) throw new Error(`${String(most)} at once`);
