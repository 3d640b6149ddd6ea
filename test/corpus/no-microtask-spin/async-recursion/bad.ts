// The function waits for undefined and calls itself, again and again, before any timer has its turn.
// Ends: blocked
interface Job {
  state: "done" | "running";
}

const job: Job = { state: "running" };
setTimeout(() => {
  job.state = "done";
}, 10);

async function untilDone(): Promise<Job> {
  if (job.state === "done") return job;
  await undefined; // starves
  return untilDone();
}

await untilDone();
