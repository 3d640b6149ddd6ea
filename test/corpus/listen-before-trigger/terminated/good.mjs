// The promise of "exit" is made before the worker is stopped.
import assert from "node:assert/strict";
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
await once(worker, "online");
const exited = once(worker, "exit");
await worker.terminate();
const [code] = await exited;
assert.equal(code, 1);
