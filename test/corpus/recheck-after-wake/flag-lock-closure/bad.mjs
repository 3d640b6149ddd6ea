// The lock is free when the waiter is woken, but a caller of the same moment takes it before the waiter goes on.
// Ends: exit 1
// Fails: the register is used by two
import assert from "node:assert";

let locked = false;
const queue = [];
async function lock() {
  if (locked) await new Promise((resolve) => queue.push(resolve)); // starves
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
await lock();
const second = use();
unlock();
const third = use();
await Promise.all([second, third]);
assert.equal(worst, 1, "the register is used by two");
