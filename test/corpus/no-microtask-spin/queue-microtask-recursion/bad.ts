// The reply of the worker is a message, and messages wait until the queue of microtasks is empty, which it never is.
// Ends: blocked
import { Worker } from "node:worker_threads";

const replies: number[] = [];
const worker = new Worker('require("node:worker_threads").parentPort.postMessage(41 + 1)', { eval: true });
worker.on("message", (reply: number) => replies.push(reply));

const first = new Promise<number>((resolve) => {
  const check = (): void => {
    const reply = replies.shift();
    if (reply !== undefined) return resolve(reply);
    queueMicrotask(check); // starves
  };
  check();
});
process.exitCode = (await first) === 42 ? 0 : 1;
