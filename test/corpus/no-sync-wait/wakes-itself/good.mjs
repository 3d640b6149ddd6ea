// It sleeps for a time, without being woken.
import assert from "node:assert";

const word = new Int32Array(new SharedArrayBuffer(4));
assert.equal(Atomics.wait(word, 0, 0, 10), "timed-out");
