// A flag at the top of the run keeps the next tick out.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { Mutex } from "async-mutex";

const lock = new Mutex();
let running = false;
let worst = 0;
let now = 0;
const timer = setInterval(async () => {
  if (running) return;
  running = true;
  try {
    now += 1;
    worst = Math.max(worst, now);
    await lock.runExclusive(() => sleep(20));
    now -= 1;
  } finally {
    running = false;
  }
}, 5);
await sleep(60);
clearInterval(timer);
assert.equal(worst, 1);
