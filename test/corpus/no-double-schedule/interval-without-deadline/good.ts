// The loop waits for each upload before it plans the next one.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

let open = 0;
let worst = 0;

async function upload(): Promise<void> {
  open += 1;
  worst = Math.max(worst, open);
  await sleep(20);
  open -= 1;
}

for (let round = 0; round < 3; round += 1) {
  await upload();
  await sleep(5);
}
assert.equal(worst, 1);
