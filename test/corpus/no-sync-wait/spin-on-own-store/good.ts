// A worker stores it, beside this thread.
import assert from "node:assert";
import { Worker } from "node:worker_threads";

const view = new Uint32Array(new SharedArrayBuffer(8));
const worker = new Worker('Atomics.add(require("node:worker_threads").workerData, 1, 1)', {
  eval: true,
  workerData: view,
});

function spin(): void {
  while (Atomics.load(view, 1) === 0) {
    performance.now();
  }
}

spin();
assert.equal(view[1], 1);
await worker.terminate();
