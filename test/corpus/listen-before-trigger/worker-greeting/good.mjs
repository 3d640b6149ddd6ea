// The listener is there from the line that makes the worker.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const worker = new Worker('require("node:worker_threads").parentPort.postMessage("ready")', { eval: true });
const greeting = new Promise((resolve) => worker.once("message", resolve));
await sleep(500);
assert.equal(await greeting, "ready");
