// The latch is opened, but nobody is told: the waiter that sleeps already stays asleep.
// Ends: exit 13
// cf. nodejs/node#31246
const latch = new Int32Array(new SharedArrayBuffer(4));

async function opened() {
  const { async, value } = Atomics.waitAsync(latch, 0, 0);
  if (async) await value;
}

function open() {
  Atomics.store(latch, 0, 1); // starves
}

const waiting = opened();
open();
await waiting; // waits
