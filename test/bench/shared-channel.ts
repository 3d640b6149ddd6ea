import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { openSharedChannel, sharedChannel } from "tailrace/threads";
import type { SharedChannelHandle } from "tailrace/threads";
import type { Bench, OwnFigure } from "./harness/bench.ts";

const CHUNK = 64 * 1024;
/** What a channel holds; and the chunks that may be under way where nobody else counts. */
const DEPTH = 16;
/** Chunks before those that count. */
const WARM = 500;

/** What the other thread does: it sends so many chunks. */
type Job = { readonly chunks: number } & (
  { readonly handle: SharedChannelHandle; readonly isSync: boolean } | { readonly handle?: undefined }
);

async function send(job: Job): Promise<void> {
  const chunk = new Uint8Array(CHUNK).fill(1);
  if (job.handle === undefined) {
    let credit = DEPTH;
    let onCredit: (() => void) | undefined;
    parentPort?.on("message", () => {
      credit++;
      onCredit?.();
    });
    for (let nth = 0; nth < job.chunks; nth++) {
      while (credit === 0) {
        await new Promise<void>((resolve) => {
          onCredit = resolve;
        });
      }
      credit--;
      const copy = chunk.slice(); // what is transferred is gone
      parentPort?.postMessage(copy, [copy.buffer]);
    }
    parentPort?.close();
    return;
  }
  const channel = openSharedChannel(job.handle);
  if (job.isSync) for (let nth = 0; nth < job.chunks; nth++) channel.sendSync(chunk);
  else for (let nth = 0; nth < job.chunks; nth++) await channel.send(chunk);
  channel.close();
}

if (!isMainThread) await send(workerData as Job);

/** Starts to count after the first chunks: a thread takes long to start. */
class Meter {
  #chunks = 0;
  #sum = 0;
  #begun = 0;

  add(chunk: Uint8Array): void {
    this.#chunks++;
    this.#sum += chunk.length / CHUNK;
    if (this.#chunks === WARM) this.#begun = performance.now();
  }

  figure(): OwnFigure {
    const figure = ((performance.now() - this.#begun) * 1e6) / (this.#chunks - WARM);
    return { result: this.#sum - WARM, figure, remark: `${(CHUNK / figure).toFixed(2)} GB/s` };
  }
}

function start(job: Job): Worker {
  return new Worker(new URL(import.meta.url), { workerData: job });
}

async function throughChannel(chunks: number, isSync: boolean): Promise<OwnFigure> {
  const channel = sharedChannel({ maxBytes: DEPTH * (CHUNK + 4) });
  const worker = start({ handle: channel.handle, isSync, chunks: chunks + WARM });
  const ended = once(worker, "exit");
  const meter = new Meter();
  for await (const batch of channel.batches()) for (const chunk of batch) meter.add(chunk);
  const figure = meter.figure();
  await ended;
  return figure;
}

export const bench: Bench = {
  job: "chunks of 64 KiB from a worker to the main thread, 16 of them under way at most",
  operation: "chunk",
  operations: 20_000,
  expected: (chunks) => chunks,
  subjects: [
    {
      package: "tailrace",
      calls: "sharedChannel, sendSync, batches",
      note: "the worker stands still when it is full",
      run: (chunks) => throughChannel(chunks, true),
    },
    {
      package: "tailrace",
      calls: "sharedChannel, await send, batches",
      run: (chunks) => throughChannel(chunks, false),
    },
    {
      package: "node",
      calls: "postMessage with transfer",
      note: "a new buffer for each chunk; a message back for each, as back-pressure",
      async run(chunks) {
        const worker = start({ chunks: chunks + WARM });
        const ended = once(worker, "exit");
        const meter = new Meter();
        await new Promise<void>((resolve) => {
          let left = chunks + WARM;
          worker.on("message", (chunk: Uint8Array) => {
            meter.add(chunk);
            worker.postMessage(0);
            if (--left === 0) resolve();
          });
        });
        const figure = meter.figure();
        await ended;
        return figure;
      },
    },
    {
      package: "node",
      calls: "Uint8Array.set",
      note: "floor: one copy in one thread; a channel makes two, in two threads",
      run(chunks) {
        const from = new Uint8Array(CHUNK).fill(1);
        const to = Array.from({ length: DEPTH }, () => new Uint8Array(CHUNK));
        const meter = new Meter();
        for (let nth = 0; nth < chunks + WARM; nth++) {
          const chunk = to[nth % DEPTH] ?? from;
          chunk.set(from);
          meter.add(chunk);
        }
        return Promise.resolve(meter.figure());
      },
    },
  ],
};
