// The timer takes the waiter out of the queue as well.
import assert from "node:assert";

const idle = ["a"];
const waiters = [];

function acquire(ms) {
  const item = idle.pop();
  if (item) return Promise.resolve(item);
  return new Promise((resolve, reject) => {
    const waiter = { resolve, reject };
    waiters.push(waiter);
    setTimeout(() => {
      waiters.splice(waiters.indexOf(waiter), 1);
      reject(new Error(`nothing free for ${ms} ms`));
    }, ms);
  });
}

function release(item) {
  const waiter = waiters.shift();
  if (waiter) waiter.resolve(item);
  else idle.push(item);
}

const held = await acquire(10);
await acquire(10).catch(() => {});
release(held);
assert.equal(await acquire(10), "a");
