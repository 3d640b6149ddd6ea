// A run that does not get the lock at once gives up.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { E_ALREADY_LOCKED, Mutex, tryAcquire } from "async-mutex";

const lock = new Mutex();
let refused = 0;
const timer = setInterval(() => {
  tryAcquire(lock)
    .runExclusive(() => sleep(30))
    .catch((error) => {
      assert.equal(error, E_ALREADY_LOCKED);
      refused += 1;
    });
}, 5);
await sleep(60);
clearInterval(timer);
assert.ok(refused > 0);
