// The function waits for a while before it looks again.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

interface Job {
  state: "done" | "running";
}

const job: Job = { state: "running" };
setTimeout(() => {
  job.state = "done";
}, 10);

async function untilDone(): Promise<Job> {
  if (job.state === "done") return job;
  await sleep(5);
  return untilDone();
}

assert.equal((await untilDone()).state, "done");
