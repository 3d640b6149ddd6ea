// The worker gets the memory when it is online, which this thread hears of only when it has stopped waiting.
// Ends: blocked
import { isMainThread, parentPort, Worker } from "node:worker_threads";

if (isMainThread) {
  const word = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url));
  worker.once("online", () => worker.postMessage(word));
  Atomics.wait(word, 0, 0); // starves
  await worker.terminate();
} else {
  parentPort.once("message", (word) => {
    Atomics.store(word, 0, 1);
    Atomics.notify(word, 0);
  });
}
