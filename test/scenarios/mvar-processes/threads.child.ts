// A child of the program in a thread of its own: for each box that it is sent it plays its part once.
import { parentPort } from "node:worker_threads";
import { report } from "tailrace";
import { openSharedMVar } from "tailrace/threads";
import type { SharedMVarHandle } from "tailrace/threads";
import { child } from "./program.ts";

/** What the master is told of each box. */
export interface Played {
  readonly error?: string;
}

/** What a child is sent. */
export interface Part {
  readonly handle: SharedMVarHandle<number>;
  /** Milliseconds that it may take. */
  readonly deadline: number;
}

parentPort?.on("message", ({ handle, deadline }: Part) => {
  const signal = AbortSignal.timeout(deadline);
  let waits = "nothing waits";
  signal.addEventListener("abort", () => {
    waits = report();
  });
  child(openSharedMVar(handle), signal).then(
    () => parentPort?.postMessage({} satisfies Played),
    (error: unknown) => parentPort?.postMessage({ error: `${String(error)}\n${waits}` } satisfies Played),
  );
});

parentPort?.postMessage("ready");
