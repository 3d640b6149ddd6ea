import { isMainThread, Worker, workerData } from "node:worker_threads";
import { openSharedMVar, openSharedSemaphore, sharedMVar, sharedSemaphore } from "tailrace/threads";
import type { SharedMVarHandle, SharedSemaphoreHandle } from "tailrace/threads";

interface Shared {
  readonly disk: SharedSemaphoreHandle;
  readonly done: SharedMVarHandle<string>;
}

if (isMainThread) {
  const disk = sharedSemaphore(2, { name: "disk" });
  const done = sharedMVar<string>({ name: "done", maxBytes: 100 });
  const given: Shared = { disk: disk.handle, done: done.handle };
  for (let nth = 0; nth < 4; nth++) new Worker(new URL(import.meta.url), { workerData: given });
  for (let nth = 0; nth < 4; nth++) console.log(await done.take({ timeout: 10_000 }));
  console.log(`${disk.free} of ${disk.permits} are free`);
} else {
  const given = workerData as Shared;
  const disk = openSharedSemaphore(given.disk);
  disk.acquireSync();
  // Two threads at a time, at most, are here.
  disk.release();
  openSharedMVar(given.done).putSync("stored");
}
// prints stored
// prints stored
// prints stored
// prints stored
// prints 2 of 2 are free
