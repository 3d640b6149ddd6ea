// A task that comes just after the end of another passes the test, and the waiter that was woken counts itself as well.
// Ends: exit 1
// Fails: more than one task runs
import assert from "node:assert";

let active = 0;
let worst = 0;
const limit = 1;
const waiting: { go: () => void }[] = [];

const enter = async (): Promise<void> => {
  active >= limit && (await new Promise<void>((go) => waiting.push({ go }))); // starves
  active += 1;
  worst = Math.max(worst, active);
};

const leave = (): void => {
  active -= 1;
  waiting.shift()?.go();
};

await enter();
const second = enter();
leave();
const third = enter();
await Promise.race([Promise.all([second, third]), new Promise((resolve) => setTimeout(resolve, 5))]);
assert.equal(worst, 1, "more than one task runs");
