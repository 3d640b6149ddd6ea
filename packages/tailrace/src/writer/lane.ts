import type { Writable } from "node:stream";
import type { WaitOptions } from "../waits/limits.ts";

/** Options of a lane. */
export interface LaneOptions {
  /** Name in reports, errors and events. Default: `lane-1`, `lane-2`, … */
  readonly name?: string | undefined;
  /** Its share against that of other lanes, for policies that know of shares. Default: 1. */
  readonly weight?: number | undefined;
  /** Higher comes first, for policies that know of priorities. Default: 0. */
  readonly priority?: number | undefined;
  /**
   * Bytes that wait in the lane at most, before `send` has to wait. A chunk that is longer is taken when nothing else is
   * in the lane, and an empty one counts as one byte. Items where the sink is a stream in object mode. Default: 65,536
   * bytes, or 16 items.
   */
  readonly maxQueued?: number | undefined;
}

/** What a lane has done. */
export interface LaneStats {
  /** Chunks that were written to the sink. */
  readonly chunks: number;
  /** Their bytes, or items. */
  readonly bytes: number;
  /** Bytes, or items, that wait to be written. */
  readonly queued: number;
  /** Calls of `send` that wait for room. */
  readonly waiting: number;
}

/**
 * One logical stream of chunks into a sink. Chunks of a lane are written whole and in the order in which they were sent;
 * those of different lanes in the order that the policy says. Made by `sink.lane()`.
 *
 * @example
 * ```ts
 * import { createServer } from "node:net";
 * import { writeScheduler } from "tailrace";
 *
 * const scheduler = writeScheduler();
 * createServer((socket) => {
 *   const sink = scheduler.sink(socket);
 *   const news = sink.lane({ name: "news" });
 *   void news.send("hello\n");
 * });
 * ```
 */
export interface Lane<T = unknown> extends AsyncDisposable {
  readonly name: string;
  readonly weight: number;
  readonly priority: number;
  readonly maxQueued: number;
  /** Whether it takes no chunks any more. */
  readonly closed: boolean;
  readonly stats: LaneStats;
  /**
   * Puts a chunk into the queue of the lane, and waits for room there if need be. Resolves when it is in the queue, which
   * is before it is written.
   *
   * @throws {LaneClosedError} (rejects) if the lane or its sink is closed, or closes while the chunk waits
   * @throws {TimeoutError} (rejects) if there was no room for so long
   * @throws {ArgumentError} (rejects) if the sink can not write such a chunk
   */
  send(chunk: T, wait?: WaitOptions): Promise<void>;
  /** Puts a chunk into the queue if there is room for it, and nobody waits for that; says whether it did. */
  trySend(chunk: T): boolean;
  /**
   * Takes no more chunks; those who wait for room are refused. Resolves when all that is in the queue was written to the
   * sink, which itself stays open.
   *
   * @throws {LaneClosedError} (rejects) if the lane is given up, or the sink closes, before
   * @throws {TimeoutError} (rejects) if that took so long; what is in the queue is still written
   */
  close(wait?: WaitOptions): Promise<void>;
  /**
   * Gives the lane up: what is in its queue is never written, and those who wait get the reason as the `cause` of theirs.
   */
  abort(reason?: unknown): void;
  /**
   * The lane as a writable stream of Node. To end it closes the lane, to destroy it gives the lane up. Only on
   * Node and the like.
   *
   * @throws {TailraceError} with the code `TAILRACE_NO_STREAMS` where there are no streams of Node
   */
  writable(): Writable;
  /** The lane as a `WritableStream`. To close it closes the lane, to abort it gives the lane up. */
  toWeb(): WritableStream<T>;
}
