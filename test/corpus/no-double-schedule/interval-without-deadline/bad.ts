// Each tick begins another upload while the one before still waits for its answer.
// Ends: exit 1
// Fails: uploads at once
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

let open = 0;
let worst = 0;

async function upload(): Promise<void> {
  open += 1;
  worst = Math.max(worst, open);
  await sleep(60);
  open -= 1;
}

const timer = setInterval(async () => { // starves
  await upload();
}, 5);
await sleep(100);
clearInterval(timer);
assert.ok(worst <= 1, "uploads at once");
