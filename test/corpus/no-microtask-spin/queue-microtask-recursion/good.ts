// The message itself goes on.
import assert from "node:assert";
import { Worker } from "node:worker_threads";

const worker = new Worker('require("node:worker_threads").parentPort.postMessage(41 + 1)', { eval: true });
const first = new Promise<number>((resolve) => {
  worker.once("message", resolve);
});
assert.equal(await first, 42);
