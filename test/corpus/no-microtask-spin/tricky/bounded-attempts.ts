// The attempts are counted down beside the flag, so that the loop ends without the timer.
import assert from "node:assert";

let ready = false;
const timer = setTimeout(() => {
  ready = true;
}, 50);
let attempts = 5;
while (!ready && attempts > 0) {
  attempts -= 1;
  await null;
}
clearTimeout(timer);
assert.equal(attempts, 0);
