// The lock is handed over to the waiter and never free in between, so that it need not be tested again.
import assert from "node:assert";

let locked = false;
const waiters = [];
async function lock() {
  if (locked) await new Promise((resolve) => waiters.push(resolve));
  locked = true;
}
function unlock() {
  const next = waiters.shift();
  if (next) next();
  else locked = false;
}

let holders = 0;
for (const worst of await Promise.all([1, 2, 3].map(async () => {
  await lock();
  const now = ++holders;
  await null;
  holders -= 1;
  unlock();
  return now;
}))) assert.equal(worst, 1);
