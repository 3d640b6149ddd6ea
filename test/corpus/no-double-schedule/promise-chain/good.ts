// A flag that is tested at the top keeps a second run out.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

let tail: Promise<unknown> = Promise.resolve();
let begun = 0;
let ended = 0;
let flushing = false;

function serially(work: () => Promise<void>): Promise<void> {
  const run = tail.then(work);
  tail = run.catch(() => {});
  return run;
}

async function flush(): Promise<void> {
  if (flushing) return;
  flushing = true;
  begun += 1;
  try {
    await serially(async () => {
      await sleep(60);
      ended += 1;
    });
  } finally {
    flushing = false;
  }
}

const timer = setInterval(() => {
  void flush();
}, 5);
await sleep(120);
clearInterval(timer);
assert.ok(begun - ended <= 1);
