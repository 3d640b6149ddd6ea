// The worker says "ready" once, while this waits for something else and nobody listens.
// Ends: exit 13
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const worker = new Worker('require("node:worker_threads").parentPort.postMessage("ready")', { eval: true });
await sleep(500);
await new Promise((resolve) => worker.once("message", resolve)); // starves
