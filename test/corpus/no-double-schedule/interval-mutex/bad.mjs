// Each tick waits for the lock behind the run that still holds it, and the runs that wait become more and more.
// Ends: exit 1
// Fails: runs wait at once
// cf. node-schedule/node-schedule#682
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { Mutex } from "async-mutex";

const ledger = new Mutex();
let pending = 0;
let worst = 0;

async function settle() {
  pending += 1;
  worst = Math.max(worst, pending);
  await ledger.runExclusive(() => sleep(60));
  pending -= 1;
}

const timer = setInterval(settle, 5); // starves
await sleep(150);
clearInterval(timer);
assert.ok(worst <= 2, "runs wait at once");
