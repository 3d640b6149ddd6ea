// Reads a connection no faster than it is told, or not at all, and says of each message when it has arrived.
import { createConnection } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { unframe } from "./frames.ts";
import type { Arrival } from "./frames.ts";

/** What a reader is told. */
export interface ReaderOptions {
  readonly port: number;
  /** Bytes in a second; 0 to read nothing. */
  readonly rate: number;
}

/** Bytes that are read in one go. */
const READ = 16_384;

const { port, rate } = workerData as ReaderOptions;
const arrivals: Arrival[] = [];
const take = unframe((arrival) => arrivals.push(arrival));

/** When all that was read should have taken so long, by `performance.now()`. */
let due = performance.now();

const socket = createConnection({
  port,
  host: "127.0.0.1",
  onread: {
    buffer: Buffer.alloc(READ),
    callback(read: number, buffer: Uint8Array): boolean {
      const now = performance.now();
      take(Buffer.from(buffer.buffer, buffer.byteOffset, read));
      due = Math.max(due, now - 20) + (read / rate) * 1000;
      if (due - now < 1) return true;
      setTimeout(() => socket.resume(), due - now);
      return false;
    },
  },
});
if (rate === 0) {
  socket.pause();
  parentPort?.on("message", () => undefined); // nothing else keeps this thread
}
socket.on("end", () => {
  socket.end();
  parentPort?.postMessage(arrivals);
});
socket.on("error", () => undefined);
