// The promise of the message is made with the worker, and only awaited in the chain.
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const worker = new Worker('require("node:worker_threads").parentPort.postMessage("ready")', { eval: true });
const message = once(worker, "message");
const [said] = await sleep(500).then(() => message);
assert.equal(said, "ready");
