import { deficitRoundRobin, ewma, roundRobin, strictPriority, writeScheduler } from "tailrace";
import type { Lane, TcpInfo, WriteScheduler, WriteSink } from "tailrace";
import { vi } from "vitest";
import { HOOKS, Stream } from "./stream.ts";

/** A lane, and what was sent by it. */
interface Source {
  readonly lane: Lane;
  /** What was sent by it, was not refused and is not written, each with its number. */
  readonly taken: Map<unknown, number>;
  /** The number of the last one that was written. */
  last: number;
  /** Whether it was given up, and nothing of it may be written. */
  isLost: boolean;
}

interface Client {
  readonly stream: Stream;
  readonly sink: WriteSink;
  readonly sources: Source[];
  /** What the kernel says of it. */
  info: TcpInfo | undefined;
}

export const LONGEST = 250;
const SIZES = [0, 1, 7, 30, 64, 99, 100, 101, LONGEST] as const;
const INTERVALS = [0, 0, 1, 10, 100] as const;
const POLICIES = [
  ewma({ halfLife: 50 }),
  roundRobin(),
  deficitRoundRobin({ quantum: 64 }),
  strictPriority({ ageing: 10 }),
  strictPriority({ ageing: Infinity }),
];

/** What can also happen inside of a call of the scheduler. */
const NESTED = [
  ...(["open", "lane", "send", "trySend", "giveUp", "closeLane", "abortLane", "close", "abort"] as const),
  ...(["drain", "call", "fill", "destroy", "end", "network", "policy", "interval"] as const),
];

/** One of several. */
const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % all.length];

/** A scheduler, its sinks and their lanes, and all that happens to them. */
export class Users {
  protected readonly scheduler: WriteScheduler;
  protected readonly clients: Client[] = [];
  protected readonly sources: Source[] = [];
  /** Those who wait for something. */
  protected readonly waits = new Set<Promise<void>>();
  readonly #senders: AbortController[] = [];
  protected readonly failures: Error[] = [];
  #sent = 0;

  constructor(quantum: number, asksKernel: boolean) {
    const clients = this.clients;
    const tcpInfo = (stream: unknown): TcpInfo | undefined => {
      const client = clients.find((one) => one.stream === stream);
      if (client?.info?.mss === 0) throw new Error("the kernel does not say");
      return client === undefined ? { cwnd: 10, unacked: 0, mss: 20, notSent: 0, acked: 0 } : client.info;
    };
    this.scheduler = writeScheduler({ quantum, ...(asksKernel ? { tcpInfo } : undefined) });
  }

  open(at: number, size: number): void {
    if (this.clients.filter(({ sink }) => !sink.closed).length >= 5) return;
    const stream = new Stream({ highWaterMark: [1, 100, 100, 1000][size % 4] ?? 100 });
    if (at % 4 === 0) stream.fill();
    const sink = this.scheduler.sink(stream, { weight: 1 + (at % 3), priority: at % 3 });
    const client: Client = { stream, sink, sources: [], info: undefined };
    stream.onChunk = (chunk) => {
      this.#noteWritten(client, chunk);
    };
    this.clients.push(client);
    this.lane(this.clients.length - 1, size);
  }

  lane(at: number, size: number): void {
    const client = pick(this.clients, at);
    if (client === undefined || client.sink.closed || client.sources.length >= 6) return;
    const lane = client.sink.lane({ weight: 1 + (size % 3), priority: size % 4, maxQueued: [1, 64, 200][at % 3] });
    const source: Source = { lane, taken: new Map(), last: 0, isLost: client.stream.isOver };
    client.sources.push(source);
    this.sources.push(source);
  }

  send(at: number, size: number): void {
    const source = pick(this.sources, at);
    if (source === undefined) return;
    const chunk = new Uint8Array(pick(SIZES, size) ?? 0);
    const controller = new AbortController();
    this.#senders.push(controller);
    const wait = [{ signal: controller.signal }, { timeout: 1 + size }, undefined][at % 3];
    source.taken.set(chunk, ++this.#sent);
    const sent = source.lane.send(chunk, wait).catch(() => {
      if (!source.taken.delete(chunk)) this.#fault("what was refused was written");
    });
    this.note(sent);
  }

  giveUp(): void {
    this.#senders.pop()?.abort();
  }

  trySend(at: number, size: number): void {
    const source = pick(this.sources, at);
    if (source === undefined) return;
    const chunk = new Uint8Array(pick(SIZES, size) ?? 0);
    if (source.lane.trySend(chunk)) source.taken.set(chunk, ++this.#sent);
  }

  closeLane(at: number): void {
    const source = pick(this.sources, at);
    if (source !== undefined) this.note(source.lane.close().catch(() => undefined));
  }

  abortLane(at: number): void {
    const source = pick(this.sources, at);
    if (source === undefined) return;
    if (!source.lane.closed || source.taken.size > 0) source.isLost = true;
    source.lane.abort();
  }

  close(at: number): void {
    const client = pick(this.clients, at);
    if (client !== undefined) this.note(client.sink.close().catch(() => undefined));
  }

  abort(at: number): void {
    const client = pick(this.clients, at);
    if (client === undefined) return;
    this.#lose(client);
    client.sink.abort();
  }

  drain(at: number): void {
    pick(this.clients, at)?.stream.drain();
  }

  /** Somebody says without need that the stream can be written to. */
  call(at: number): void {
    pick(this.clients, at)?.stream.emit("drain");
  }

  /** Others write to the stream. */
  fill(at: number): void {
    pick(this.clients, at)?.stream.fill();
  }

  destroy(at: number, how: number): void {
    const client = pick(this.clients, at);
    if (client === undefined) return;
    this.#lose(client);
    if (client.sink.closed) client.stream.on("error", () => undefined); // it is nobody else's any more
    client.stream.destroy(how % 2 === 0 ? new Error("reset") : undefined);
    if (how % 3 === 0) client.stream.told();
  }

  end(at: number, how: number): void {
    const client = pick(this.clients, at);
    if (client === undefined) return;
    this.#lose(client);
    if (how % 2 === 0) client.stream.end();
    else client.stream.finish();
  }

  /** The network gets better or worse, or the kernel tells nothing any more. */
  network(at: number, how: number): void {
    const client = pick(this.clients, at);
    const notSent = how % 3 === 0 ? 1e6 : 0;
    if (client !== undefined)
      client.info = { cwnd: how % 5, unacked: how % 4, mss: (how % 7) * 20, notSent, acked: how * 1000 };
  }

  policy(at: number): void {
    this.scheduler.configure({ policy: pick(POLICIES, at) });
  }

  interval(at: number): void {
    this.scheduler.configure({ interval: pick(INTERVALS, at) });
  }

  pass(milliseconds: number): void {
    vi.advanceTimersByTime(milliseconds);
  }

  /** The next time that the stream is called, something happens inside of that. */
  hook(at: number, how: number): void {
    const stream = pick(this.clients, at)?.stream;
    const hook = pick(HOOKS, how);
    const kind = pick(NESTED, at + how * 7);
    if (stream === undefined || hook === undefined || kind === undefined) return;
    stream.hooks[hook] = () => {
      stream.hooks[hook] = undefined;
      try {
        this[kind](at, how);
      } catch (error) {
        this.#fault(String(error));
      }
    };
  }

  #lose(client: Client): void {
    for (const source of client.sources) source.isLost = true;
  }

  protected note(wait: Promise<void>): void {
    this.waits.add(wait);
    void wait.then(() => this.waits.delete(wait));
  }

  #noteWritten({ sources }: Client, chunk: unknown): void {
    const source = sources.find(({ taken }) => taken.has(chunk));
    const number = source?.taken.get(chunk);
    if (source === undefined || number === undefined)
      throw this.#fault("a chunk was written that nobody has sent, or twice");
    if (source.isLost) throw this.#fault("a chunk was written of what was given up");
    if (number < source.last) throw this.#fault("a lane was written out of order");
    source.last = number;
    source.taken.delete(chunk);
  }

  /** Noted, as the scheduler takes what a stream throws for its failure. */
  #fault(what: string): Error {
    const error = new Error(what);
    this.failures.push(error);
    return error;
  }
}
