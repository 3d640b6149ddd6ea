// The callback of `then` runs when the settings are there; the worker has spoken long before that.
// Ends: exit 13
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const worker = new Worker('require("node:worker_threads").parentPort.postMessage("ready")', { eval: true });
const ready = sleep(500).then(() => once(worker, "message")); // starves
await ready; // waits
