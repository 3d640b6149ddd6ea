// `Atomics.waitAsync` wakes up when it is notified, or after its time; it does not keep the program alive by itself.
import assert from "node:assert";
import { Worker } from "node:worker_threads";

const flags = new Int32Array(new SharedArrayBuffer(4));
const code = "process.exit(1); Atomics.store(require('worker_threads').workerData, 0, 1);";
new Worker(code, { eval: true, workerData: flags });

const keepAlive = setInterval(() => {}, 1_000);
assert.equal(await Atomics.waitAsync(flags, 0, 0, 200).value, "timed-out");
clearInterval(keepAlive);
