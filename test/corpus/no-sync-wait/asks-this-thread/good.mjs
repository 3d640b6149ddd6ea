// The thread goes on with its work while it waits, and answers the worker.
import assert from "node:assert";
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
await Atomics.waitAsync(ready, 0, 0).value;
assert.equal(Atomics.load(ready, 0), 1);
await worker.terminate();
