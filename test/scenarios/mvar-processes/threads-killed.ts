// Threads that are killed at any moment while they use what they share: those that are left go on, or are told.
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { OwnerDiedError, report } from "tailrace";
import { sharedMVar } from "tailrace/threads";
import type { SharedMVar, SharedMVarHandle } from "tailrace/threads";

/** Milliseconds within which everybody must go on. */
const LIMIT = 5000;
const WORKERS = 4;

/** What a worker is given. */
export interface Use {
  /** Always has a value, but for loans. */
  readonly full: SharedMVarHandle<Uint8Array>;
  /** Is put into and taken from by all. */
  readonly changing: SharedMVarHandle<Uint8Array>;
  /** Counts what this worker has done, at this index; and last, how often somebody was told that an owner had died. */
  readonly progress: SharedArrayBuffer;
  readonly index: number;
  /** Whether it stands still to wait. */
  readonly isSync: boolean;
}

const SIZE = 512;

/** Throws if that is no whole value. */
export function whole(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== SIZE || bytes.some((byte) => byte !== bytes[0])) throw new Error("half of a value");
  return bytes;
}

export function newValue(): Uint8Array {
  return new Uint8Array(SIZE).fill(Math.floor(Math.random() * 256));
}

/** What has been seen. */
export interface Killed {
  readonly kills: number;
  /** How often somebody was told that the owner had died. */
  readonly told: number;
  /** Milliseconds after a kill until all others had gone on, at most. */
  readonly longest: number;
}

/** Kills so many threads, one after the other. */
export async function killThreads(kills: number): Promise<Killed> {
  const full = sharedMVar({ name: "full", maxBytes: SIZE, codec: "bytes", value: newValue() });
  const changing = sharedMVar<Uint8Array>({ name: "changing", maxBytes: SIZE, codec: "bytes" });
  const progress = new Int32Array(new SharedArrayBuffer(4 * (WORKERS + 1)));
  let failure: Error | undefined;
  const start = async (index: number): Promise<Worker> => {
    const use: Use = {
      full: full.handle,
      changing: changing.handle,
      progress: progress.buffer,
      index,
      isSync: index % 2 === 0,
    };
    const worker = new Worker(new URL("./threads-killed.child.ts", import.meta.url), { workerData: use });
    worker.on("error", (error) => {
      failure = new Error(String(error), { cause: error });
    });
    await once(worker, "message"); // it is ready: to load it may take long
    return worker;
  };
  const workers = await Promise.all(Array.from({ length: WORKERS }, (_, index) => start(index)));
  let told = 0;
  let longest = 0;
  try {
    for (let kill = 0; kill < kills; kill++) {
      await advance(progress, [...workers.keys()]);
      for (let turns = Math.random() * 20; turns > 0; turns--) await turn();
      const victim = kill % WORKERS;
      const begun = performance.now();
      await workers[victim]?.terminate();
      told += await goOn(full, changing);
      await advance(
        progress,
        [...workers.keys()].filter((index) => index !== victim),
      );
      longest = Math.max(longest, performance.now() - begun);
      if (failure !== undefined) throw failure;
      workers[victim] = await start(victim);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { kills, told: told + Atomics.load(progress, WORKERS), longest };
}

/** This thread goes on with both boxes; says how often it was told of a death. */
async function goOn(full: SharedMVar<Uint8Array>, changing: SharedMVar<Uint8Array>): Promise<number> {
  let told = 0;
  for (let done = false; !done && told <= WORKERS;) {
    try {
      await full.modify((bytes) => whole(bytes).map((byte) => byte + 1), { timeout: LIMIT });
      done = true;
    } catch (error) {
      if (!(error instanceof OwnerDiedError)) throw error;
      told++;
    }
  }
  await changing.put(newValue(), { timeout: LIMIT });
  whole(await changing.read({ timeout: LIMIT }));
  return told;
}

/** Waits until each of these has done something more. */
async function advance(progress: Int32Array, indexes: readonly number[]): Promise<void> {
  const before = Array.from(progress);
  const end = performance.now() + LIMIT;
  for (const index of indexes) {
    while (Atomics.load(progress, index) === before[index]) {
      if (performance.now() > end) throw new Error(`worker ${index.toString()} does not go on\n${report()}`);
      await turn();
    }
  }
}
