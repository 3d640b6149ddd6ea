// The flag is set by the message of a worker; the worker ends with an error before it sends one.
// Ends: hang
import { Worker } from "node:worker_threads";

const worker = new Worker("throw new Error('no model');", { eval: true });
let loaded = false;
worker.on("message", () => { loaded = true; });
worker.on("error", () => {});

async function untilLoaded() {
  while (!loaded) { // starves
    await new Promise((resolve) => setTimeout(resolve, 10)); // waits
  }
}

await untilLoaded();
