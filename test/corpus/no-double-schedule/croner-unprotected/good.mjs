// The scheduler itself leaves out a run while another goes on.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { Semaphore } from "async-mutex";
import { Cron } from "croner";

const permits = new Semaphore(1);
let ran = 0;

const job = new Cron("* * * * * *", { paused: true, protect: true }, async () => {
  const [, release] = await permits.acquire();
  await sleep(5);
  ran += 1;
  release();
});
await job.trigger();
job.stop();
assert.equal(ran, 1);
