// The call that asks for the state throws when the job has failed, and that ends the loop.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const job = { status: "running" };
setTimeout(() => (job.status = "failed"), 10);

async function statusOf({ status }) {
  if (status === "failed") throw new Error("the job failed");
  return status;
}

async function completed() {
  while ((await statusOf(job)) !== "completed") await sleep(5);
}

await assert.rejects(completed(), /the job failed/);
