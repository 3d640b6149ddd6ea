import { isMainThread, Worker, workerData } from "node:worker_threads";
import { openSharedMVar, sharedMVar } from "tailrace/threads";
import type { SharedMVarHandle } from "tailrace/threads";

interface Boxes {
  readonly jobs: SharedMVarHandle<string>;
  readonly results: SharedMVarHandle<number>;
}

if (isMainThread) {
  const jobs = sharedMVar<string>({ name: "jobs", maxBytes: 1024 });
  const results = sharedMVar<number>({ name: "results", maxBytes: 8 });
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { jobs: jobs.handle, results: results.handle } satisfies Boxes,
  });
  for (const job of ["one", "three", "eleven"]) {
    await jobs.put(job, { timeout: 5000 });
    console.log(`${job}: ${await results.take({ timeout: 5000 })}`);
  }
  await worker.terminate();
} else {
  const given = workerData as Boxes;
  const jobs = openSharedMVar(given.jobs);
  const results = openSharedMVar(given.results);
  for (;;) results.putSync(jobs.takeSync().length); // stands still as long as there is no job
}
// prints one: 3
// prints three: 5
// prints eleven: 6
