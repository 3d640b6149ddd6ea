// Each turn waits for the event loop to come around: the timer has its time.
import assert from "node:assert";
import { setImmediate } from "node:timers/promises";

let ready = false;
setTimeout(() => {
  ready = true;
}, 10);
while (!ready) {
  await setImmediate();
}
assert.ok(ready);
