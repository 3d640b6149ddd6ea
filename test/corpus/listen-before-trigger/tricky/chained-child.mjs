// Each link of the chain listens in the turn in which what it listens to begins, or asks for it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const echo = 'const { parentPort: port } = require("node:worker_threads"); port.on("message", (n) => port.postMessage(n))';
const worker = new Worker(echo, { eval: true });
const answer = sleep(20).then(() => {
  worker.postMessage(42);
  return once(worker, "message");
});
assert.deepEqual(await answer, [42]);
const exited = sleep(20).then(() => new Worker("", { eval: true })).then((short) => once(short, "exit"));
assert.deepEqual(await exited, [0]);
await worker.terminate();
