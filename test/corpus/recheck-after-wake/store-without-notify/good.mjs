// The latch is opened, and its waiters are told.
import assert from "node:assert";

const latch = new Int32Array(new SharedArrayBuffer(4));

async function opened() {
  const { async, value } = Atomics.waitAsync(latch, 0, 0);
  if (async) await value;
  return true;
}

function open() {
  Atomics.store(latch, 0, 1);
  Atomics.notify(latch, 0);
}

const waiting = opened();
open();
assert.ok(await waiting);
