// A number of turns over microtasks, to let those run that are queued already: it ends by its counter.
import assert from "node:assert";

let seen = 0;
Promise.resolve()
  .then(() => (seen += 1))
  .then(() => (seen += 1));
setTimeout(() => (seen = 100), 10).unref();
for (let turn = 0; turn < 10 && seen < 50; turn++) await Promise.resolve();
assert.equal(seen, 2);
