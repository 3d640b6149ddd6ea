// Each message is the answer to a question that is asked right before the wait.
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const worker = new Worker(
  'const { parentPort } = require("node:worker_threads"); parentPort.on("message", (n) => parentPort.postMessage(n * 2));',
  { eval: true },
);
const answers = [];
for (const number of [1, 2]) {
  await sleep(5);
  worker.postMessage(number);
  const [answer] = await once(worker, "message");
  answers.push(answer);
}
assert.deepEqual(answers, [2, 4]);
await worker.terminate();
