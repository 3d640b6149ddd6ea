// The worker asks this thread for its settings before it says that it is ready, and this thread sleeps until it is.
// Ends: blocked
// cf. nodejs/node#25630
import { Worker } from "node:worker_threads";

const ready = new Int32Array(new SharedArrayBuffer(4));
const source = `
  const { parentPort, workerData: ready } = require("node:worker_threads");
  parentPort.once("message", () => {
    Atomics.store(ready, 0, 1);
    Atomics.notify(ready, 0);
  });
  parentPort.postMessage("settings?");
`;
const worker = new Worker(source, { eval: true, workerData: ready });
worker.on("message", () => worker.postMessage({ level: 3 }));
Atomics.wait(ready, 0, 0); // starves
await worker.terminate();
