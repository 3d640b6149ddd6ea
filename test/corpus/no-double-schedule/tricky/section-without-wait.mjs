// What runs in the section does not wait: it has ended before the next tick.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { Mutex } from "async-mutex";

const lock = new Mutex();
let count = 0;
const timer = setInterval(() => {
  void lock.runExclusive(() => {
    count += 1;
  });
}, 5);
await sleep(30);
clearInterval(timer);
assert.ok(count > 0);
