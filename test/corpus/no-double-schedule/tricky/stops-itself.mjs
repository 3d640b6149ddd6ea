// The timer ends before the run waits, and begins anew after it.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

const limit = pLimit(1);
let runs = 0;
let timer;
async function tick() {
  clearInterval(timer);
  await limit(() => sleep(10));
  runs += 1;
  if (runs < 2) timer = setInterval(tick, 5);
}
timer = setInterval(tick, 5);
await sleep(60);
clearInterval(timer);
assert.ok(runs >= 1 && limit.pendingCount === 0);
