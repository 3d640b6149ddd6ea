// Each call queues the next one, but the list gets shorter.
import assert from "node:assert";

const left = ["a", "b", "c"];
const seen = [];
function step() {
  const item = left.shift();
  if (item === undefined) return;
  seen.push(item);
  process.nextTick(step);
}
process.nextTick(step);
setImmediate(() => {
  assert.deepEqual(seen, ["a", "b", "c"]);
});
