// The timer leaves the waiter in the queue, but what is queued gives the item back if nobody waits any more.
import assert from "node:assert";

const idle = ["a"];
const waiters: ((item: string) => void)[] = [];

function acquire(ms: number): Promise<string> {
  const item = idle.pop();
  if (item !== undefined) return Promise.resolve(item);
  return new Promise((resolve, reject) => {
    let gaveUp = false;
    waiters.push((given) => {
      if (gaveUp) release(given);
      else resolve(given);
    });
    setTimeout(() => {
      gaveUp = true;
      reject(new Error("late"));
    }, ms);
  });
}

function release(item: string): void {
  const waiter = waiters.shift();
  if (waiter) waiter(item);
  else idle.push(item);
}

const held = await acquire(5);
await assert.rejects(acquire(5), /late/);
release(held);
assert.equal(await acquire(5), "a");
