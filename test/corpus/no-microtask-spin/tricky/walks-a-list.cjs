// It takes one item after the other until none is left; that a timer may add some does not matter.
const assert = require("node:assert");

const pending = [1, 2, 3];
let sum = 0;
async function drain() {
  while (pending.length > 0) {
    sum += await Promise.resolve(pending.shift());
  }
}
setTimeout(() => pending.push(4), 5);
drain().then(() => {
  assert.equal(sum, 6);
});
