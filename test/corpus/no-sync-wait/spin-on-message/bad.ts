// The worker has answered long ago, but its message is not delivered before this function returns.
// Ends: blocked
// cf. nodejs/node#21417
import { Worker } from "node:worker_threads";

const source = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", (text) => parentPort.postMessage(text.toUpperCase()));
`;
const worker = new Worker(source, { eval: true });

function shout(text: string): string {
  let answer: string | undefined;
  worker.once("message", (message: string) => {
    answer = message;
  });
  worker.postMessage(text);
  while (answer === undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // starves
  return answer;
}

shout("hello");
await worker.terminate();
