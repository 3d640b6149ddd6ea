// The job appends its line itself.
import assert from "node:assert/strict";

let last = Promise.resolve();
const written = [];

function enqueue(job) {
  const run = last.then(job);
  last = run.catch(() => undefined);
  return run;
}

const write = (line) => enqueue(async () => written.push(line));

async function rotate() {
  await enqueue(async () => {
    written.length = 0;
    written.push("rotated");
  });
}

await write("first");
await rotate();
assert.deepEqual(written, ["rotated"]);
