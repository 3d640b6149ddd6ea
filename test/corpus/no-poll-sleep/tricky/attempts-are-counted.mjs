// The loop waits for one state alone, but no more than five times.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const job = { state: "running" };
setTimeout(() => (job.state = "failed"), 5);

let attempt = 0;
while (job.state !== "completed") {
  if (++attempt > 5) break;
  await sleep(5);
}
assert.equal(job.state, "failed");
