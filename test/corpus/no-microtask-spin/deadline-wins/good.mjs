// The loop waits for the event loop, and the answer comes long before the deadline.
import assert from "node:assert";
import { scheduler } from "node:timers/promises";

let answer;
setTimeout(() => {
  answer = "yes";
}, 1);
const deadline = Date.now() + 1000;
while (answer === undefined && Date.now() < deadline) {
  await scheduler.yield();
}
assert.equal(answer, "yes");
