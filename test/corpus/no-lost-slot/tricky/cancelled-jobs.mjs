// A queue of jobs: one that was cancelled is dropped, as it should be, and no limit counts it.
import assert from "node:assert";

const jobs = [];
const takers = [];

export function enqueue(job) {
  const taker = takers.shift();
  if (taker) taker(job);
  else jobs.push(job);
}

function dequeue() {
  while (jobs.length > 0) {
    const job = jobs.shift();
    if (job.cancelled) continue;
    return Promise.resolve(job);
  }
  return new Promise((resolve) => takers.push(resolve));
}

enqueue({ id: 1, cancelled: true });
enqueue({ id: 2 });
assert.equal((await dequeue()).id, 2);
