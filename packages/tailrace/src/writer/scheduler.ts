import {
  callable,
  count,
  isObject,
  nameOf,
  number,
  options as optionsOf,
  outOfRange,
  wrongType,
} from "../arguments.ts";
import { TailraceError } from "../errors.ts";
import type { WaitOptions } from "../waits/limits.ts";
import { writerChannel } from "../waits/events.ts";
import { check } from "./check.ts";
import type { TcpInfo } from "./kernel.ts";
import { isConnecting } from "./outlet.ts";
import type { WriteTarget } from "./outlet.ts";
import { ewma } from "./policies/ewma.ts";
import type { Policy } from "./policy.ts";
import { Runner } from "./runner.ts";
import type { Settings } from "./runner.ts";
import { ScheduledSink } from "./scheduled-sink.ts";
import type { LimitName, WriteSink, WriteSinkOptions } from "./sink.ts";

/** What can be changed while a scheduler runs. */
export interface WriteSchedulerSettings {
  /** Says whose turn it is. Default: `ewma()`. */
  readonly policy?: Policy | undefined;
  /**
   * Milliseconds between two runs at least, 0 to 100. A longer one lets more chunks go out together, and each later.
   * Default: 0, a run as soon as the event loop turns and something can be written.
   */
  readonly interval?: number | undefined;
  /** Bytes, or items, that a lane writes in its turn: whole chunks, one at least, and 64 at most. Default: 16,384. */
  readonly quantum?: number | undefined;
  /**
   * How much a kernel is given beyond what it can send now, in congestion windows, where it is asked (`tcpInfo`). Tor's
   * KISTSockBufSizeFactor. Default: 1.
   */
  readonly socketBufferFactor?: number | undefined;
}

/** Options of `writeScheduler`. */
export interface WriteSchedulerOptions extends WriteSchedulerSettings {
  /** Name in events. Default: `writer-1`, `writer-2`, … */
  readonly name?: string | undefined;
  /**
   * Asks the kernel how a TCP connection stands; it gives undefined for what is not one, and throws if it can not be
   * asked. `tcpInfo` of `tailrace/adapters` makes such a function, for Linux. Default: nobody asks.
   */
  readonly tcpInfo?: ((socket: unknown) => TcpInfo | undefined) | undefined;
  /**
   * What says how much is written to a sink in one run, in order of preference: the first that can be used. `"kernel"`
   * needs `tcpInfo` and a TCP connection; `"watermark"` is what the buffer of a stream takes, and can always be used.
   * Default: `["kernel", "watermark"]`.
   */
  readonly limits?: readonly LimitName[] | undefined;
}

/** What a scheduler has done. */
export interface WriteSchedulerStats {
  readonly sinks: number;
  /** Sinks that have something to write, and can be written to. */
  readonly pending: number;
  readonly runs: number;
  /** Turns that lanes had. */
  readonly services: number;
  /** Bytes, or items, that were written. */
  readonly bytes: number;
}

/** Decides whose bytes go next. Made by `writeScheduler`. */
export interface WriteScheduler extends AsyncDisposable {
  readonly name: string;
  readonly stats: WriteSchedulerStats;
  /**
   * Makes a sink of a stream. Errors of the stream are told to those who send, so it needs no other listener for them.
   *
   * @throws {ArgumentError} if it is nothing that can be written to, is locked by another writer, or an option can not be used
   * @throws {TailraceError} with the code `TAILRACE_NO_LIMIT` if none of `limits` can be used for it
   */
  sink<T = unknown>(target: WriteTarget, options?: WriteSinkOptions): WriteSink<T>;
  /**
   * Changes settings; those that are not given stay as they are. With another policy, everybody begins anew.
   *
   * @throws {ArgumentError} if a setting can not be used; then nothing has changed
   */
  configure(settings: WriteSchedulerSettings): void;
  /**
   * Closes all sinks, and resolves when all that was in their lanes is written.
   *
   * @throws {LaneClosedError} (rejects) if the stream of a sink ends or fails before
   * @throws {TimeoutError} (rejects) if that took so long
   */
  close(wait?: WaitOptions): Promise<void>;
  /**
   * Throws if lists and states disagree, which would be a bug of Tailrace. Takes time for each lane; for tests.
   *
   * @throws {TailraceError} with the code `TAILRACE_SCHEDULER_BUG`, and a message that names the sink, the lane, the state
   * and the list
   */
  check(): void;
}

/**
 * Schedules writes: many lanes go into few sinks, and whose bytes go next is decided as late as possible, so that a bulk
 * transfer does not hold up what is urgent, and a slow reader holds up nobody else.
 *
 * A sink is in one of four states, and in the list of those that are pending at most once. It comes back into it only
 * when its stream says that it can be written to. The design is that of Tor's scheduler KIST (src/core/or/scheduler_kist.c),
 * without its fixed tick.
 *
 * @throws {ArgumentError} if an option can not be used
 *
 * @example
 * ```ts
 * import { createConnection } from "node:net";
 * import { writeScheduler } from "tailrace";
 *
 * const scheduler = writeScheduler();
 * const sink = scheduler.sink(createConnection(9000));
 * const backup = sink.lane({ name: "backup" });
 * const chat = sink.lane({ name: "chat" });
 * for (let part = 0; part < 1000; part++) await backup.send(new Uint8Array(16_384));
 * await chat.send("overtakes what is left of the backup\n");
 * ```
 */
export function writeScheduler(options?: WriteSchedulerOptions): WriteScheduler {
  const given = optionsOf("options", options);
  const name = nameOf("writer", given.name);
  if (given.tcpInfo !== undefined) callable("tcpInfo", given.tcpInfo);
  const limits = limitsOf(given.limits);
  const first: Settings = { policy: ewma(), interval: 0, quantum: 16_384, socketBufferFactor: 1 };
  const runner = new Runner(changed(first, given), given.tcpInfo, (event) => {
    if (writerChannel.hasSubscribers) writerChannel.publish({ ...event(), scheduler: name });
  });
  const close = async (wait?: WaitOptions): Promise<void> => {
    await Promise.all([...runner.sinks].map((sink) => sink.close(wait)));
  };
  return {
    name,
    get stats() {
      return { sinks: runner.sinks.size, pending: runner.pending.size, ...runner.totals };
    },
    sink: (target, options) => {
      const limit = limits.find((one) => one === "watermark" || isTcp(target, given.tcpInfo));
      if (limit === undefined) {
        const wanted = limits.map((one) => JSON.stringify(one)).join(", ");
        const message = `sink on scheduler ${JSON.stringify(name)}: none of its limits (${wanted}) can be used: the kernel tells nothing about this sink; add "watermark"`;
        throw new TailraceError("TAILRACE_NO_LIMIT", message);
      }
      return new ScheduledSink(runner, target, options, limit);
    },
    configure(settings) {
      runner.configure(changed(runner.settings, optionsOf("settings", settings)));
    },
    close,
    check() {
      check(runner);
    },
    [Symbol.asyncDispose]: () => close(),
  };
}

/** Whether the kernel knows of it, or will once it is connected. */
function isTcp(target: unknown, tcpInfo: WriteSchedulerOptions["tcpInfo"]): boolean {
  if (tcpInfo === undefined) return false;
  if (isConnecting(target)) return true;
  try {
    return tcpInfo(target) !== undefined;
  } catch {
    return false;
  }
}

function changed(settings: Settings, given: WriteSchedulerSettings): Settings {
  const { policy, interval, quantum, socketBufferFactor } = { ...settings, ...defined(given) };
  if (!isObject(policy) || typeof policy.group !== "function")
    throw wrongType("policy", policy, "a policy, such as ewma()");
  return {
    policy,
    interval: number("interval", interval, "a number of milliseconds from 0 to 100", (it) => it >= 0 && it <= 100),
    quantum: count("quantum", quantum, 1),
    socketBufferFactor: number(
      "socketBufferFactor",
      socketBufferFactor,
      "a finite number from 0",
      (it) => it >= 0 && it < Infinity,
    ),
  };
}

function defined<Given extends object>(given: Given): Partial<Given> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Given>;
}

function limitsOf(value: unknown): readonly LimitName[] {
  const wanted = 'an array of "kernel" and "watermark"';
  if (value === undefined) return ["kernel", "watermark"];
  if (!Array.isArray(value)) throw wrongType("limits", value, wanted);
  if (value.length === 0) throw outOfRange("limits", value, `${wanted}, one at least`);
  for (const [at, one] of value.entries()) {
    if (one !== "kernel" && one !== "watermark") throw outOfRange(`limits[${at.toString()}]`, one, wanted);
  }
  return value as LimitName[];
}
