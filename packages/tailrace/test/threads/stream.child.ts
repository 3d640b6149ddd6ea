// Sends chunks, or receives them and says what their bytes add up to.
import { parentPort, workerData } from "node:worker_threads";
import { openSharedChannel } from "tailrace/threads";
import type { SharedChannelHandle } from "tailrace/threads";

/** What it is to do. */
export interface Job {
  readonly handle: SharedChannelHandle;
  readonly act: "send" | "send sync" | "receive" | "receive sync" | "send for ever";
  readonly chunks: number;
}

const { handle, act, chunks } = workerData as Job;
const channel = openSharedChannel(handle);

/** Each chunk has its number in its length and in its bytes. */
function chunkOf(nth: number): Uint8Array {
  return new Uint8Array(nth % 50).fill(nth);
}

function add(sum: number, chunk: Uint8Array): number {
  return chunk.reduce((one, other) => one + other, sum);
}

let sum = 0;
if (act === "send") for (let nth = 0; nth < chunks; nth++) await channel.send(chunkOf(nth));
else if (act === "send sync") for (let nth = 0; nth < chunks; nth++) channel.sendSync(chunkOf(nth));
else if (act === "receive") for await (const batch of channel.batches()) sum = batch.reduce(add, sum);
else if (act === "receive sync") for (let nth = 0; nth < chunks; nth++) sum = add(sum, channel.receiveSync());
else for (let nth = 0; ; nth++) channel.sendSync(chunkOf(nth));
parentPort?.postMessage(sum);
