// It is the worker that sleeps, and this thread is free to wake it.
import assert from "node:assert";
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

if (isMainThread) {
  const word = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: word });
  setTimeout(() => {
    Atomics.store(word, 0, 1);
    Atomics.notify(word, 0);
  }, 10);
  const [outcome] = await once(worker, "message");
  assert.match(outcome, /^(?:ok|not-equal)$/);
} else {
  parentPort.postMessage(Atomics.wait(workerData, 0, 0));
}
