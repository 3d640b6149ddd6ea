// What was taken is looked at, and the taker that found nothing begins again.
import assert from "node:assert";
import { EventEmitter, once } from "node:events";

const bell = new EventEmitter();
const jobs = [];
async function next() {
  if (jobs.length === 0) await once(bell, "job");
  const job = jobs.shift();
  if (job === undefined) return next();
  return job;
}

const both = Promise.all([next(), next()]);
jobs.push("one");
bell.emit("job");
setTimeout(() => {
  jobs.push("two");
  bell.emit("job");
}, 5);
assert.deepEqual((await both).sort(), ["one", "two"]);
