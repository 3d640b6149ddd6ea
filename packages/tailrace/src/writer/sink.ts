import type { WaitOptions } from "../waits/limits.ts";
import type { Lane, LaneOptions } from "./lane.ts";
import type { SinkState } from "./states.ts";

/** Options of a sink. */
export interface WriteSinkOptions {
  /** Name in reports, errors and events. Default: `sink-1`, `sink-2`, … */
  readonly name?: string | undefined;
  /** Its share against that of other sinks, for policies that know of shares. Default: 1. */
  readonly weight?: number | undefined;
  /** Higher comes first, for policies that know of priorities. Default: 0. */
  readonly priority?: number | undefined;
}

/** What a sink has done. */
export interface WriteSinkStats {
  readonly state: SinkState;
  /** Chunks that were written. */
  readonly chunks: number;
  /** Their bytes, or items. */
  readonly bytes: number;
  /** Bytes, or items, that wait in its lanes. */
  readonly queued: number;
  /** How often its turn came. */
  readonly services: number;
  /** Lanes that are not closed, or have something left. */
  readonly lanes: number;
  /** What says how much is written in a run. */
  readonly limit: LimitName;
}

/** How much is written to a sink in one run: what the kernel can send, or what the buffer of the stream takes. */
export type LimitName = "kernel" | "watermark";

/**
 * Something that is written to, by one or many lanes. Made by `scheduler.sink()`. While the scheduler writes to a stream,
 * nobody else should end it; others may write.
 */
export interface WriteSink<T = unknown> extends AsyncDisposable {
  readonly name: string;
  readonly stats: WriteSinkStats;
  /** Whether it takes no lanes any more. */
  readonly closed: boolean;
  /**
   * Opens a lane.
   *
   * @throws {ArgumentError} if an option can not be used
   * @throws {LaneClosedError} if the sink is closed
   */
  lane(options?: LaneOptions): Lane<T>;
  /**
   * Closes all lanes, and resolves when what is in them was written to the stream, which stays open and is nobody's then.
   *
   * @throws {LaneClosedError} (rejects) if it is given up, or the stream ends or fails, before
   * @throws {TimeoutError} (rejects) if that took so long; what is in the lanes is still written
   */
  close(wait?: WaitOptions): Promise<void>;
  /** Gives up all lanes. The stream stays open: whoever has made it may want to destroy it. */
  abort(reason?: unknown): void;
}
