// `terminate` resolves when the worker has exited; its only "exit" is over then.
// Ends: exit 13
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
await once(worker, "online");
await worker.terminate();
await once(worker, "exit"); // starves
