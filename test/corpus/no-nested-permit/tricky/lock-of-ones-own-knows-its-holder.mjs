// Who holds the lock already is let through: the chain is for others.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";

const holds = new AsyncLocalStorage();
let last = Promise.resolve();

function locked(work) {
  if (holds.getStore()) return work();
  const run = last.then(() => holds.run(true, work));
  last = run.catch(() => undefined);
  return run;
}

const seen = [];
const note = (word) => locked(async () => seen.push(word));
await locked(async () => {
  await note("inner");
  seen.push("outer");
});
assert.deepEqual(seen, ["inner", "outer"]);
