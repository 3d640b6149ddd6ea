// The timer of timers/promises gives a promise.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

let answered = false;
setTimeout(() => {
  answered = true;
}, 20);

async function answer(): Promise<void> {
  while (!answered) {
    await sleep(5);
  }
}

await answer();
assert.ok(answered);
