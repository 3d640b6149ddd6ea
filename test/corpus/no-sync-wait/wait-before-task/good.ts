// The task is sent before the wait.
import assert from "node:assert";
import { Worker } from "node:worker_threads";

const memory = new SharedArrayBuffer(8);
const result = new Int32Array(memory);
const worker = new Worker(
  `
  const { parentPort, workerData } = require("node:worker_threads");
  const result = new Int32Array(workerData.memory);
  parentPort.on("message", (number) => {
    result[1] = number * number;
    Atomics.store(result, 0, 1);
    Atomics.notify(result, 0);
  });
`,
  { eval: true, workerData: { memory } },
);
worker.postMessage(12);
Atomics.wait(result, 0, 0);
assert.equal(result[1], 144);
await worker.terminate();
