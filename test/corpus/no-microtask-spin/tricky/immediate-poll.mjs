// It polls, but by immediates and timers, between which everything else has its turn.
import assert from "node:assert";

let ready = false;
setTimeout(() => {
  ready = true;
}, 10);

let polls = 0;
await new Promise((resolve) => {
  const poll = () => {
    polls += 1;
    if (ready) resolve();
    else if (polls % 2 === 0) setTimeout(poll, 1);
    else setImmediate(poll);
  };
  poll();
});
assert.ok(ready);
