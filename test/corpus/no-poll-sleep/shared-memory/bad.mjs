// The thread that was to set the flag has ended; the loop sleeps and looks at the flag.
// Ends: hang
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const flags = new Int32Array(new SharedArrayBuffer(4));
const code = "process.exit(1); Atomics.store(require('worker_threads').workerData, 0, 1);";
new Worker(code, { eval: true, workerData: flags });

while (Atomics.load(flags, 0) === 0) { // starves
  await sleep(5); // waits
}
