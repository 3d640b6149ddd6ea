// A worker that sleeps only when there is nothing to do; its turns are not all the same.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const queue = [1, 2];
const done = [];
let closed = false;
setTimeout(() => {
  queue.push(3);
  setTimeout(() => (closed = true), 20);
}, 5);

while (!closed) {
  const item = queue.shift();
  if (item === undefined) await sleep(2);
  else done.push(item * 2);
}
assert.deepEqual(done, [2, 4, 6]);
