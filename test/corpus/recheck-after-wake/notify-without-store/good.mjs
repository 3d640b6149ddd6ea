// The worker stores before it notifies, so that a late waiter does not wait at all.
import assert from "node:assert";
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const signal = new Int32Array(new SharedArrayBuffer(4));
const source = `
  const { workerData } = require("node:worker_threads");
  setImmediate(() => {
    Atomics.store(workerData, 0, 1);
    Atomics.notify(workerData, 0);
  });
`;
const worker = new Worker(source, { eval: true, workerData: signal });
await once(worker, "exit");
assert.equal(Atomics.wait(signal, 0, 0), "not-equal");
