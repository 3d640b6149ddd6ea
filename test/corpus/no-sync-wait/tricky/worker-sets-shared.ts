// The loop spins until a worker has stored a value, which needs nothing of this thread.
import assert from "node:assert";
import { Worker } from "node:worker_threads";

const shared = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(
  'const { workerData } = require("node:worker_threads"); setTimeout(() => { workerData[0] = 5; }, 5);',
  { eval: true, workerData: shared },
);
let seen = false;
worker.once("exit", () => {
  seen = true;
});
while (shared[0] === 0) Atomics.wait(shared, 0, 0, 1);
assert.equal(shared[0], 5);
assert.equal(seen, false);
