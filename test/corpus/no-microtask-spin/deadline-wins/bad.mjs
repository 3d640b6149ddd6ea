// The answer comes after a millisecond, but is not seen before the deadline: the loop lets nothing else run until then.
// Ends: exit 1
// Fails: the answer comes in time
import assert from "node:assert";

let answer;
setTimeout(() => {
  answer = "yes";
}, 1);
const deadline = Date.now() + 200;
while (answer === undefined && Date.now() < deadline) {
  await null; // starves
}
assert.equal(answer, "yes", "the answer comes in time");
