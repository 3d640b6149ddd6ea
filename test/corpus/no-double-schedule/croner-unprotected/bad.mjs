// Each second another run waits for the permit that the first one keeps.
// Ends: exit 1
// Fails: runs at once
// cf. node-cron/node-cron#258, kelektiv/node-cron#280
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { Semaphore } from "async-mutex";
import { Cron } from "croner";

const permits = new Semaphore(1);
let waiting = 0;

const job = new Cron("* * * * * *", { paused: true }, async () => { // starves
  waiting += 1;
  const [, release] = await permits.acquire();
  await sleep(30);
  waiting -= 1;
  release();
});
for (let tick = 0; tick < 3; tick += 1) void job.trigger();
await null;
job.stop();
assert.ok(waiting <= 1, "runs at once");
