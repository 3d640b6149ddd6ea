import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { writeScheduler } from "tailrace";
import type { WriteSchedulerOptions } from "tailrace";
import { kernel, plain } from "../scenarios/throttled-connection/ways.ts";
import type { Bench, OwnFigure, Subject } from "./harness/bench.ts";

const LARGE = 16_384;
const SMALL = 64;

/** What the other thread is told: where to read so many bytes. */
interface Job {
  readonly port: number;
  readonly bytes: number;
}

function read({ port, bytes }: Job): void {
  let left = bytes;
  const callback = (length: number): boolean => {
    left -= length;
    if (left === 0) parentPort?.postMessage(bytes);
    return true;
  };
  createConnection({ port, host: "127.0.0.1", onread: { buffer: Buffer.alloc(262_144), callback } });
}

if (!isMainThread) read(workerData as Job);

/** Sends so many chunks. */
type Program = (socket: Socket, chunk: Buffer, chunks: number) => Promise<void>;

/** Over a connection of the loopback interface, to a thread that reads as fast as it can. */
async function over(size: number, chunks: number, program: Program): Promise<OwnFigure> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const job: Job = { port: (server.address() as AddressInfo).port, bytes: size * chunks };
  const connected = once(server, "connection") as Promise<[Socket]>;
  const worker = new Worker(new URL(import.meta.url), { workerData: job });
  const told = once(worker, "message") as Promise<[number]>;
  const [socket] = await connected;
  socket.setNoDelay(true); // a segment of the loopback interface has 64 KiB: what is shorter would wait for 40 ms
  const chunk = Buffer.alloc(size);
  const cpu = process.threadCpuUsage();
  const begun = performance.now();
  await program(socket, chunk, chunks);
  const [bytes] = await told;
  const time = (performance.now() - begun) * 1e6;
  const { user, system } = process.threadCpuUsage(cpu);
  socket.destroy();
  server.close();
  await worker.terminate();
  const cost = (((user + system) * 1000) / chunks).toFixed(0);
  return {
    result: bytes / size,
    figure: time / chunks,
    remark: `${(bytes / time).toFixed(2)} GB/s, ${cost} ns of its thread`,
  };
}

async function bare(socket: Socket, chunk: Buffer, chunks: number): Promise<void> {
  const send = plain(socket)("bare", true);
  for (let nth = 0; nth < chunks; nth++) {
    const room = send(chunk);
    if (room !== undefined) await room;
  }
}

async function corked(socket: Socket, chunk: Buffer, chunks: number): Promise<void> {
  const send = plain(socket)("corked", true);
  for (let nth = 0; nth < chunks; nth++) {
    if (nth % 256 === 0) {
      socket.cork();
      process.nextTick(() => {
        socket.uncork();
      });
    }
    const room = send(chunk);
    if (room !== undefined) await room;
  }
}

const byLane =
  (options?: () => WriteSchedulerOptions): Program =>
  async (socket, chunk, chunks) => {
    const lane = writeScheduler(options?.()).sink(socket).lane();
    for (let nth = 0; nth < chunks; nth++) await lane.send(chunk);
    await lane.close();
  };

const asking = (): WriteSchedulerOptions => ({ tcpInfo: kernel(), limits: ["kernel"] });

const large = (from: string, calls: string, program: Program, note?: string): Subject => ({
  package: from,
  calls: `${calls}, 16 KiB`,
  ...(note !== undefined && { note }),
  run: (chunks) => over(LARGE, chunks, program),
});

const small = (from: string, calls: string, program: Program, note?: string): Subject => ({
  package: from,
  calls: `${calls}, 64 B`,
  operations: 200_000,
  ...(note !== undefined && { note }),
  run: (chunks) => over(SMALL, chunks, program),
});

export const bench: Bench = {
  job: "chunks over a connection of the loopback interface to a thread that reads them",
  operation: "chunk",
  operations: 40_000,
  expected: (chunks) => chunks,
  subjects: [
    large("tailrace", "send", byLane()),
    ...(process.platform === "linux" ? [large("tailrace", "send, the kernel is asked", byLane(asking))] : []),
    large("node", "write, drain", bare),
    small("tailrace", "send", byLane()),
    small("node", "write, drain", bare),
    small("node", "write, corked", corked, "256 at a time at most"),
  ],
};
