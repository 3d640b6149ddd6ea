// A wait with a timeout over memory that nobody else knows is how a thread sleeps.
import assert from "node:assert";

const began = performance.now();
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
assert.ok(performance.now() - began >= 15);
