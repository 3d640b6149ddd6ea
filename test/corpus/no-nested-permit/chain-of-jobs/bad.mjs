// Jobs hang themselves on to the one before; a job that awaits another one waits for what comes only after itself.
// Ends: exit 13
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
    await write("rotated"); // starves
  });
}

await write("first");
await rotate(); // waits
assert.deepEqual(written, ["rotated"]);
