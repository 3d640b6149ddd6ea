// Takes both permits, and waits for a third.
import { parentPort, workerData } from "node:worker_threads";
import { openSharedSemaphore } from "tailrace/threads";
import type { SharedSemaphoreHandle } from "tailrace/threads";

const semaphore = openSharedSemaphore(workerData as SharedSemaphoreHandle);
semaphore.acquireSync();
semaphore.acquireSync();
parentPort?.postMessage("has both");
semaphore.acquireSync();
