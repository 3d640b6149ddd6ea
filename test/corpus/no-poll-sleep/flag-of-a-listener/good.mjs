// The message itself is awaited: `once` rejects when the worker fails.
import assert from "node:assert";
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const worker = new Worker("throw new Error('no model');", { eval: true });
await assert.rejects(once(worker, "message"), /no model/);
