// The loop goes on only while the job is active: each other state ends it, whatever it is called.
import assert from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

const job: { state: "active" | "completed" | "failed" } = { state: "active" };
setTimeout(() => (job.state = "failed"), 5);

while (job.state === "active") await sleep(2);
assert.equal(job.state, "failed");
