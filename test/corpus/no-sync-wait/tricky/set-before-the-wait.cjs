// The word is stored before the wait, which therefore returns at once; the timer only looks as if it were needed.
const assert = require("node:assert");

const word = new Int32Array(new SharedArrayBuffer(4));
function arm() {
  Atomics.store(word, 0, 2);
}
arm();
const timer = setTimeout(() => Atomics.notify(word, 0), 5);
assert.equal(Atomics.wait(word, 0, 0), "not-equal");
clearTimeout(timer);
