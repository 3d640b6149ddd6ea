// There is nothing to wait for in the first turns, so that Promise.all settles at once and the jobs never arrive.
// Ends: blocked
const state = { jobs: 0 };
setImmediate(() => {
  state.jobs = 3;
});

const settled = Promise.resolve("settled");
const untilJobs = async () => {
  while (state.jobs < 1) {
    await Promise.all([settled, undefined]); // starves
  }
  return state.jobs;
};
process.exitCode = (await untilJobs()) - 3;
