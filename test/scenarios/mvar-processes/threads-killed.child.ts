// Uses two boxes all the time, until it is killed. What it puts is the same byte many times: a half of a value is seen.
import { setImmediate as turn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { OwnerDiedError, TimeoutError } from "tailrace";
import { openSharedMVar } from "tailrace/threads";
import type { SharedMVar } from "tailrace/threads";
import { newValue, whole } from "./threads-killed.ts";
import type { Use } from "./threads-killed.ts";

const SHORT = { timeout: 3 };

/** Keeps the value for some turns of the event loop, so that some are killed then. */
async function hold(bytes: Uint8Array): Promise<void> {
  for (let turns = Math.random() * 500; turns > 0; turns--) await turn();
  whole(bytes);
}

async function use(full: SharedMVar<Uint8Array>, changing: SharedMVar<Uint8Array>): Promise<void> {
  const choice = Math.floor(Math.random() * 7);
  if (choice === 0) whole(await full.read());
  else if (choice === 1) whole(await full.swap(newValue()));
  else if (choice === 2) await full.with(hold);
  else if (choice === 3) await full.modify((bytes) => whole(bytes).map((byte) => byte + 1));
  else if (choice === 4) await changing.put(newValue(), SHORT);
  else if (choice === 5) whole(await changing.take(SHORT));
  else whole(await changing.read(SHORT));
}

function useSync(full: SharedMVar<Uint8Array>, changing: SharedMVar<Uint8Array>): void {
  const choice = Math.floor(Math.random() * 5);
  if (choice === 0) whole(full.readSync());
  else if (choice === 1) whole(full.swapSync(newValue()));
  else if (choice === 2) changing.putSync(newValue(), SHORT);
  else if (choice === 3) whole(changing.takeSync(SHORT));
  else whole(changing.readSync(SHORT));
}

const given = workerData as Use;
const full = openSharedMVar(given.full);
const changing = openSharedMVar(given.changing);
parentPort?.postMessage("ready");
const progress = new Int32Array(given.progress);
for (;;) {
  try {
    if (given.isSync) useSync(full, changing);
    else await use(full, changing);
  } catch (error) {
    if (error instanceof OwnerDiedError) Atomics.add(progress, progress.length - 1, 1);
    else if (!(error instanceof TimeoutError)) throw error;
  }
  Atomics.add(progress, given.index, 1);
}
