// What it waits for is the arrival.
import assert from "node:assert";

const state = { jobs: 0 };
const arrival = new Promise((resolve) => {
  setImmediate(() => {
    state.jobs = 3;
    resolve();
  });
});

const untilJobs = async () => {
  while (state.jobs < 1) {
    await Promise.all([arrival, undefined]);
  }
  return state.jobs;
};
assert.equal(await untilJobs(), 3);
