import { parentPort, workerData } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";

const { answered, port } = workerData as { readonly answered: Int32Array; readonly port: MessagePort };

parentPort?.on("message", (question) => {
  if (question === "tell my event loop") {
    parentPort?.postMessage(42);
    return;
  }
  port.postMessage(42);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
});
parentPort?.postMessage("ready");
