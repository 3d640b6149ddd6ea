// The function calls itself after a sleep until the run is "completed"; the run has been rejected.
// Ends: hang
const Status = Object.freeze({ OPEN: "open", COMPLETED: "completed", REJECTED: "rejected" });
const run = { status: Status.OPEN };
setTimeout(() => { run.status = Status.REJECTED; }, 10);

const sleep = async (ms) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
};

async function poll(fetchRun) {
  const { status } = await fetchRun();
  if (status === Status.COMPLETED) return status;
  await sleep(5);
  return poll(fetchRun); // starves
}

const result = poll(async () => ({ ...run }));
await result; // waits
