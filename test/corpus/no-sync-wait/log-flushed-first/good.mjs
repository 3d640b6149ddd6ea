// The worker signals without waiting for its output.
import assert from "node:assert";
import { Worker } from "node:worker_threads";

const done = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(
  `
  const { workerData: done } = require("node:worker_threads");
  process.stderr.write("");
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
`,
  { eval: true, workerData: done },
);
assert.equal(Atomics.wait(done, 0, 0, 5000), "ok");
await worker.terminate();
