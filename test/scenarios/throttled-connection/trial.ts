// One connection whose reader is slow, a few lanes that send as much as they can, and many that say something now and then.
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { clock, frame } from "./frames.ts";
import type { Arrival } from "./frames.ts";
import type { ReaderOptions } from "./reader.worker.ts";
import type { Send, Way } from "./ways.ts";

const BULK_BYTES = 16_384;
const CHAT_BYTES = 100;

export interface Load {
  /** Bytes in a second that the reader takes. */
  readonly rate: number;
  /** Milliseconds in which is sent. */
  readonly duration: number;
  /** Milliseconds at the beginning that do not count. */
  readonly warmUp: number;
  /** Lanes that send much. */
  readonly bulk: number;
  /** What all of those want to send in a second; Infinity for as much as goes. */
  readonly offered: number;
  /** Lanes that say something every 20 to 50 ms. */
  readonly chats: number;
}

export interface Outcome {
  /** Milliseconds from when a message of a chat was sent until it had arrived, in order. */
  readonly delays: readonly number[];
  /** Bytes that arrived in a second of each of the lanes that send much. */
  readonly throughputs: readonly number[];
  /** Most bytes that the stream held. */
  readonly held: number;
}

export async function trial(way: Way, load: Load): Promise<Outcome> {
  const { rate, duration, warmUp, bulk, offered, chats } = load;
  await using line = await connect(rate);
  const { socket, arrivals } = line;
  const open = way(socket);
  const from = clock() + warmUp;
  const to = clock() + duration;
  let held = 0;
  const watch = setInterval(() => (held = Math.max(held, socket.writableLength)), 10);
  const senders = [
    ...Array.from({ length: bulk }, (_, lane) =>
      sendMuch(lane, open(`bulk ${String(lane)}`, true), offered / bulk, to),
    ),
    ...Array.from({ length: chats }, (_, nth) => chat(bulk + nth, open(`chat ${String(nth)}`, false), to)),
  ];
  await Promise.all(senders);
  clearInterval(watch);
  socket.end();
  const counted = (await arrivals).filter(({ arrived, sent, lane }) => (lane < bulk ? arrived : sent) >= from);
  const delays = counted.flatMap(({ lane, sent, arrived }) => (lane < bulk ? [] : [arrived - sent]));
  const throughputs = Array.from({ length: bulk }, (_, nth) => {
    const ours = counted.filter(({ lane, arrived }) => lane === nth && arrived < to);
    return (ours.reduce((sum, { length }) => sum + length, 0) / (to - from)) * 1000;
  });
  return { delays: delays.sort((one, other) => one - other), throughputs, held };
}

interface Line extends AsyncDisposable {
  readonly socket: Socket;
  /** All messages that have arrived, when the connection has ended. */
  readonly arrivals: Promise<readonly Arrival[]>;
}

/** A connection whose other end is in another thread. */
export async function connect(rate: number): Promise<Line> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const workerData: ReaderOptions = { port: (server.address() as AddressInfo).port, rate };
  const connected = once(server, "connection") as Promise<[Socket]>;
  const worker = new Worker(new URL("reader.worker.ts", import.meta.url), { workerData });
  const arrivals = once(worker, "message").then(([all]) => all as readonly Arrival[]);
  const [socket] = await connected;
  socket
    .on("error", () => undefined)
    .resume()
    .setNoDelay(true);
  return {
    socket,
    arrivals,
    async [Symbol.asyncDispose]() {
      socket.destroy();
      server.close();
      await worker.terminate();
    },
  };
}

async function sendMuch(lane: number, send: Send, wanted: number, end: number): Promise<void> {
  const begin = clock();
  let sent = 0;
  for (let now = begin; now < end; now = clock()) {
    if (sent > ((now - begin) / 1000) * wanted) {
      await sleep(1);
      continue;
    }
    sent += BULK_BYTES;
    await send(frame(lane, BULK_BYTES, now));
  }
}

async function chat(lane: number, send: Send, end: number): Promise<void> {
  const random = randomFrom(lane);
  await sleep(random() * 50);
  for (let now = clock(); now < end; now = clock()) {
    await send(frame(lane, CHAT_BYTES, now));
    await sleep(20 + random() * 30);
  }
}

/** The same numbers from 0 to 1 each time, after Park and Miller. */
function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
