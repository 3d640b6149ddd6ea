// The program in worker threads, again and again with the same ones.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { report } from "tailrace";
import { sharedMVar } from "tailrace/threads";
import { master } from "./program.ts";
import type { Part, Played } from "./threads.child.ts";

/** Milliseconds after which it is told who waits. */
const DEADLINE = 20_000;

/** Runs it so often with so many children; fails with who waits if it hangs. */
export async function inThreads(children: number, repetitions: number): Promise<void> {
  const workers = Array.from({ length: children }, () => new Worker(new URL("./threads.child.ts", import.meta.url)));
  try {
    await Promise.all(workers.map((worker) => once(worker, "message"))); // each is ready: to load so many takes long
    for (let nth = 0; nth < repetitions; nth++) await repeat(workers);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function repeat(workers: readonly Worker[]): Promise<void> {
  const box = sharedMVar<number>({ maxBytes: 16, name: "box" });
  const signal = AbortSignal.timeout(DEADLINE);
  const played = workers.map((worker) => once(worker, "message") as Promise<[Played]>);
  for (const worker of workers) worker.postMessage({ handle: box.handle, deadline: DEADLINE } satisfies Part);
  let waits = "nothing waits";
  signal.addEventListener("abort", () => {
    waits = report();
  });
  const put = await master(box, workers.length, signal).catch((error: unknown) => `${String(error)}\n${waits}`);
  const told = (await Promise.all(played)).flatMap(([{ error }], nth) =>
    error === undefined ? [] : [`child ${nth.toString()}: ${error}`],
  );
  if (put !== undefined) told.unshift(`master: ${put}`);
  if (told.length > 0) throw new Error(told.join("\n"));
  if (!(await box.isEmpty())) throw new Error("the box is not empty at the end");
}
