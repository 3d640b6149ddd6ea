import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { OwnerDiedError } from "tailrace";
import { openSharedMVar, sharedMVar } from "tailrace/threads";
import type { SharedMVarHandle } from "tailrace/threads";

if (isMainThread) {
  const balance = sharedMVar({ name: "balance", maxBytes: 8, value: 100 });
  const worker = new Worker(new URL(import.meta.url), { workerData: balance.handle });
  await once(worker, "message");
  await balance.take({ timeout: 20 }).catch((error: unknown) => {
    console.log(String(error));
  });
  await worker.terminate();
  await balance.take({ timeout: 5000 }).catch((error: unknown) => {
    if (error instanceof OwnerDiedError) console.log(error.message);
  });
  console.log(await balance.take({ timeout: 5000 }));
} else {
  const balance = openSharedMVar(workerData as SharedMVarHandle<number>);
  await balance.modify(() => {
    parentPort?.postMessage("has it");
    for (;;); // never puts it back
  });
}
// prints TimeoutError: take on mvar "balance" (8 bytes, lent to thread 1) waited 20 ms for a value; thread 1 has the value
// prints thread 1 has died with the value that was lent from mvar "balance"
// prints 100
