// How much a kernel gets, and how often it is asked, with a kernel that sends so many bytes in each millisecond.
import { writeScheduler } from "tailrace";
import type { Lane, NodeStreamSink, TcpInfo, WriteSink } from "tailrace";
import { afterEach, expect, test, vi } from "vitest";
import { turn } from "../deadline.ts";
import { pass, timeStands } from "../pool/clock.ts";

timeStands();

const CHUNK = new Uint8Array(4096);

type Listener = (...values: unknown[]) => void;

/** A connection, and its kernel. */
class Connection implements NodeStreamSink {
  /** Bytes that are sent in a millisecond. */
  rate: number;
  acked = 0;
  notSent = 0;
  asked = 0;
  most = 0;
  isBroken = false;
  /** Segments of 1000 bytes that may be under way. */
  cwnd = 100_000;
  writableNeedDrain = false;
  readonly writableLength = 0;
  readonly writableHighWaterMark = 65_536;
  readonly #listeners = new Map<string, Listener>();

  constructor(rate: number) {
    this.rate = rate;
  }

  write(chunk: Uint8Array): boolean {
    this.notSent += chunk.byteLength;
    this.most = Math.max(this.most, this.notSent);
    return !this.writableNeedDrain;
  }

  /** A millisecond passes. */
  send(): void {
    const sent = Math.min(this.notSent, this.rate);
    this.notSent -= sent;
    this.acked += sent;
  }

  /** The stream takes more again. */
  drain(): void {
    this.writableNeedDrain = false;
    this.#listeners.get("drain")?.();
  }

  info(): TcpInfo {
    this.asked++;
    if (this.isBroken) throw new Error("nothing is known of it");
    return { cwnd: this.cwnd, unacked: 0, mss: 1000, notSent: this.notSent, acked: this.acked };
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener);
  }

  once(): void {
    throw new Error("each event is listened to for as long as the sink lasts");
  }

  off(event: string): void {
    this.#listeners.delete(event);
  }

  end(): void {
    throw new Error("nobody should end it");
  }

  destroy(): void {
    throw new Error("nobody should destroy it");
  }
}

const sinks: WriteSink[] = [];

afterEach(() => {
  for (const sink of sinks.splice(0)) sink.abort();
});

/** A sink of which the kernel is asked, and a lane that is full. */
function busy(connection: Connection): { readonly sink: WriteSink; readonly lane: Lane } {
  const tcpInfo = (socket: unknown): TcpInfo => (socket as Connection).info();
  const sink = writeScheduler({ tcpInfo, limits: ["kernel", "watermark"] }).sink(connection);
  sinks.push(sink);
  const lane = sink.lane({ maxQueued: Infinity });
  for (let nth = 0; nth < 1000; nth++) lane.trySend(CHUNK);
  return { sink, lane };
}

/** So many milliseconds pass, in which the lane always has something. */
async function run(connection: Connection, lane: Lane, milliseconds: number): Promise<void> {
  for (let now = 0; now < milliseconds; now++) {
    while (lane.stats.queued < 1000 * CHUNK.length) lane.trySend(CHUNK);
    connection.send();
    await pass(1);
  }
}

/** Bytes that a kernel of that rate should have at most. */
const bound = (rate: number): number => Math.max(16_384, 10 * rate) + CHUNK.length;

test.each([10, 400, 4000, 40_000])(
  "a kernel that sends %i bytes in a millisecond always has some, and few",
  async (rate) => {
    const connection = new Connection(rate);
    const { lane } = busy(connection);
    await run(connection, lane, 500);
    const [acked, asked] = [connection.acked, connection.asked];
    connection.most = 0;
    await run(connection, lane, 500);
    expect(connection.acked - acked).toBeGreaterThan(0.98 * 500 * rate);
    expect(connection.most).toBeLessThan(bound(rate));
    expect(connection.asked - asked).toBeLessThan(3 * 500);
  },
);

test("what a kernel can send is soon found out, and not forgotten while there is nothing to send", async () => {
  const connection = new Connection(40_000);
  const { lane } = busy(connection);
  await run(connection, lane, 30);
  expect(connection.acked).toBeGreaterThan(0.5 * 30 * 40_000);
  await run(connection, lane, 170);
  while (lane.stats.queued > 0 || connection.notSent > 0) {
    connection.send();
    await pass(1);
  }
  await pass(10_000);
  lane.trySend(CHUNK);
  await pass(1);
  connection.send();
  const { acked } = connection;
  await run(connection, lane, 10);
  expect(connection.acked - acked).toBeGreaterThan(0.8 * 10 * 40_000);
});

test("a window that is narrow for a fast kernel holds it up no longer than until that is known", async () => {
  const connection = new Connection(40_000);
  connection.cwnd = 10;
  const { lane } = busy(connection);
  await run(connection, lane, 200);
  const { acked } = connection;
  connection.most = 0;
  await run(connection, lane, 100);
  expect(connection.acked - acked).toBeGreaterThan(0.95 * 100 * 40_000);
  expect(connection.most).toBeLessThan(bound(40_000));
});

test("a kernel that sends nothing any more gets nothing more, and is hardly asked, whatever others do", async () => {
  const connection = new Connection(4000);
  const { sink, lane } = busy(connection);
  const other = new Connection(Infinity);
  const scheduler = busy(other);
  await run(connection, lane, 300);
  connection.rate = 0;
  await run(connection, lane, 200);
  const [asked, { notSent }] = [connection.asked, connection];
  expect(sink.stats.state).toBe("waiting-to-write");
  await run(other, scheduler.lane, 1000);
  expect(connection.notSent).toBe(notSent);
  expect(connection.asked - asked).toBeLessThan(25);

  connection.rate = 4000; // and then it gets what it can send again
  await run(connection, lane, 500);
  const { acked } = connection;
  await run(connection, lane, 100);
  expect(connection.acked - acked).toBeGreaterThan(0.98 * 100 * 4000);
});

test("a sink whose kernel has enough and whose stream is full is written to when both can take more", async () => {
  const connection = new Connection(0);
  const { sink, lane } = busy(connection);
  await turn();
  await pass(10);
  connection.writableNeedDrain = true;
  connection.rate = Infinity;
  connection.send();
  await pass(100);
  expect(sink.stats.state).toBe("waiting-to-write");
  expect(connection.notSent).toBe(0);
  connection.drain();
  await run(connection, lane, 10);
  expect(connection.acked).toBeGreaterThan(16_384);
});

test("a stream that drains while its kernel has enough is not written to before that has sent some", async () => {
  const connection = new Connection(0);
  const { sink } = busy(connection);
  await pass(10);
  const { notSent } = connection;
  connection.drain();
  await pass(100);
  expect(connection.notSent).toBe(notSent);
  expect(sink.stats.state).toBe("waiting-to-write");
});

test("a kernel that can not be asked any more is not asked again, and the stream alone says how much it takes", async () => {
  const connection = new Connection(4000);
  const { sink, lane } = busy(connection);
  await run(connection, lane, 100);
  connection.isBroken = true;
  await run(connection, lane, 50);
  expect(sink.stats.limit).toBe("watermark");
  const { asked, acked } = connection;
  await run(connection, lane, 50);
  expect(connection.asked).toBe(asked);
  expect(connection.acked - acked).toBe(50 * 4000);
});

test("nobody looks after a sink that is given up", async () => {
  const connection = new Connection(0);
  const { sink } = busy(connection);
  await pass(10);
  expect(vi.getTimerCount()).toBe(1);
  sink.abort();
  expect(vi.getTimerCount()).toBe(0);
});
