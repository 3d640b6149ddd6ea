// The worker begins when it is told to, which happens after the wait for its result.
// Ends: blocked
// cf. nodejs/node#21417
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
Atomics.wait(result, 0, 0); // starves
worker.postMessage(12);
await worker.terminate();
