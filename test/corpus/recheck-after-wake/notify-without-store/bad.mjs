// The worker notifies but changes nothing: who begins to wait afterwards finds the old value and sleeps for ever.
// Ends: hang
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const signal = new Int32Array(new SharedArrayBuffer(4));
const source = `
  const { workerData } = require("node:worker_threads");
  setImmediate(() => {
    Atomics.notify(workerData, 0); // starves
  });
`;
const worker = new Worker(source, { eval: true, workerData: signal });
await once(worker, "exit");
setInterval(() => {}, 1000);
Atomics.wait(signal, 0, 0); // waits
