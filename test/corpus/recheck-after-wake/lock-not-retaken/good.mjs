// After each wake-up the lock is tried once more.
import assert from "node:assert";

const FREE = 0;
const HELD = 1;
const word = new Int32Array(new SharedArrayBuffer(4));

async function lock() {
  while (Atomics.compareExchange(word, 0, FREE, HELD) !== FREE) {
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
assert.equal(worst, 1);
