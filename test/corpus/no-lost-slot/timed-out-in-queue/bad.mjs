// The timer rejects, but the waiter stays in the queue: what is released goes to it, and to nobody.
// Ends: hang
const idle = ["a"];
const waiters = [];

function acquire(ms) {
  const item = idle.pop();
  if (item) return Promise.resolve(item);
  return new Promise((resolve, reject) => {
    waiters.push({ resolve, reject });
    setTimeout(() => reject(new Error(`nothing free for ${ms} ms`)), ms); // starves
  });
}

function release(item) {
  const waiter = waiters.shift();
  if (waiter) waiter.resolve(item);
  else idle.push(item);
}

setInterval(() => {}, 1_000);
const held = await acquire(10);
await acquire(10).catch(() => {});
release(held);
const waiter = new Promise((resolve) => waiters.push({ resolve }));
await waiter; // waits
