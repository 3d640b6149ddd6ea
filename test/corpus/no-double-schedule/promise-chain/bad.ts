// Each tick appends a run to the chain of those that have not ended, and the chain only grows.
// Ends: exit 1
// Fails: the chain is long
// cf. beethovenxfi/beethovenx-backend#16
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

let tail: Promise<unknown> = Promise.resolve();
let begun = 0;
let ended = 0;

function serially(work: () => Promise<void>): Promise<void> {
  const run = tail.then(work);
  tail = run.catch(() => {});
  return run;
}

async function flush(): Promise<void> {
  begun += 1;
  await serially(async () => {
    await sleep(60);
    ended += 1;
  });
}

const timer = setInterval(() => { // starves
  void flush();
}, 5);
await sleep(120);
clearInterval(timer);
assert.ok(begun - ended <= 2, "the chain is long");
