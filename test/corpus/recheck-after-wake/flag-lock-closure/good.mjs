// Whoever is woken tests the lock once more before taking it.
import assert from "node:assert";

let locked = false;
const queue = [];
async function lock() {
  while (locked) await new Promise((resolve) => queue.push(resolve));
  locked = true;
}
function unlock() {
  locked = false;
  const next = queue.shift();
  if (next) next();
}

let users = 0;
let worst = 0;
async function use() {
  await lock();
  users += 1;
  worst = Math.max(worst, users);
  await null;
  await null;
  users -= 1;
  unlock();
}
await Promise.all([use(), use(), use()]);
assert.equal(worst, 1);
