// The worker has the memory from the beginning.
import assert from "node:assert";
import { isMainThread, Worker, workerData } from "node:worker_threads";

if (isMainThread) {
  const word = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: word });
  Atomics.wait(word, 0, 0);
  assert.equal(word[0], 1);
  await worker.terminate();
} else {
  Atomics.store(workerData, 0, 1);
  Atomics.notify(workerData, 0);
}
