// The worker signals when its line is written, and what a worker writes goes through the main thread, which sleeps.
// Ends: blocked
// cf. nodejs/node#40548
import { Worker } from "node:worker_threads";

const done = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(
  `
  const { workerData: done } = require("node:worker_threads");
  process.stderr.write("", () => {
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  });
`,
  { eval: true, workerData: done },
);
Atomics.wait(done, 0, 0); // starves
await worker.terminate();
