// A thread that finds the lock held sleeps until it is free, but goes on without taking it: two then hold it at once.
// Ends: exit 1
// Fails: holders at once
import assert from "node:assert";

const FREE = 0;
const HELD = 1;
const word = new Int32Array(new SharedArrayBuffer(4));

async function lock() {
  if (Atomics.compareExchange(word, 0, FREE, HELD) !== FREE) { // starves
    await Atomics.waitAsync(word, 0, HELD).value;
  }
}

function unlock() {
  Atomics.store(word, 0, FREE);
  Atomics.notify(word, 0, 1);
}

let holders = 0;
let worst = 0;
async function hold() {
  await lock();
  holders += 1;
  worst = Math.max(worst, holders);
  await new Promise((resolve) => setTimeout(resolve, 5));
  holders -= 1;
  unlock();
}
await Promise.all([hold().then(hold), hold()]);
assert.equal(worst, 1, "holders at once");
