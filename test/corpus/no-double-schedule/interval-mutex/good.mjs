// A tick that finds the lock held does nothing.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { Mutex } from "async-mutex";

const ledger = new Mutex();
let pending = 0;
let worst = 0;

async function settle() {
  if (ledger.isLocked()) return;
  pending += 1;
  worst = Math.max(worst, pending);
  await ledger.runExclusive(() => sleep(60));
  pending -= 1;
}

const timer = setInterval(settle, 5);
await sleep(150);
clearInterval(timer);
assert.ok(worst <= 2);
