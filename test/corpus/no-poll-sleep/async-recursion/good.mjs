// The attempts are counted: after the last one the function says that it gave up.
import assert from "node:assert";

const Status = Object.freeze({ OPEN: "open", COMPLETED: "completed", REJECTED: "rejected" });
const run = { status: Status.OPEN };
setTimeout(() => { run.status = Status.REJECTED; }, 10);

const sleep = async (ms) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
};

async function poll(fetchRun, attempts = 5) {
  const { status } = await fetchRun();
  if (status === Status.COMPLETED) return status;
  if (attempts === 0) throw new Error(`still ${status}`);
  await sleep(5);
  return poll(fetchRun, attempts - 1);
}

await assert.rejects(poll(async () => ({ ...run })), /still rejected/);
