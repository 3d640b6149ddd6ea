// Between two runs lies a day: what takes a minute is long over.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { Cron } from "croner";

const done = [];
async function report() {
  await sleep(5);
  done.push("report");
}

const job = new Cron("0 30 3 * * *", { paused: true }, async () => {
  await report();
});
await job.trigger();
job.stop();
assert.deepEqual(done, ["report"]);
