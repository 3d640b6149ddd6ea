// The helper waits for the event loop, so that the timer cancels the work.
const assert = require("node:assert");

const nextTick = () => new Promise((resolve) => setImmediate(resolve));

async function hash(isCancelled) {
  let rounds = 0;
  let state = 1;
  while (!isCancelled()) {
    state = (state * 48271) % 2147483647;
    rounds += 1;
    await nextTick();
  }
  return { rounds, state };
}

let cancelled = false;
setTimeout(() => {
  cancelled = true;
}, 20);
hash(() => cancelled).then(({ rounds }) => {
  assert.ok(rounds > 0);
});
