import { count, isObject, nameOf, options as optionsOf, outOfRange, wrongType } from "../arguments.ts";
import type { MVar } from "../mvar/mvar.ts";
import { place } from "../waits/report.ts";
import { codecOf } from "./codec.ts";
import type { Codec, CodecName } from "./codec.ts";
import { livesOf, ownLives, share } from "./lives.ts";
import { bytesFor, MVarView, SELF_TEST } from "./mvar-view.ts";
import { checkCrossing, listenForCrossing } from "./self-test.ts";
import type { SyncWaitOptions } from "./turns.ts";

/** Options of `openSharedMVar`. */
export interface OpenSharedMVarOptions<T> {
  /** The codec, if the box was made with one of your own: functions cannot be handed to another thread. */
  readonly codec?: CodecName | Codec<T> | undefined;
  /** Whether `takeSync` and its like may stop the main thread. Default: no. */
  readonly allowSyncOnMain?: boolean | undefined;
}

/** Options of `sharedMVar`. */
export interface SharedMVarOptions<T> {
  /** Bytes of the longest value, as the codec writes it. The memory is taken at once, twice. */
  readonly maxBytes: number;
  /** How values are kept. Default: `"structured"`. */
  readonly codec?: CodecName | Codec<T> | undefined;
  /** What is in it first. Default: nothing. */
  readonly value?: T | undefined;
  /** Name in reports and errors, in all threads. Default: `mvar-1`, `mvar-2`, … */
  readonly name?: string | undefined;
  /** Whether `takeSync` and its like may stop the main thread. Default: no. */
  readonly allowSyncOnMain?: boolean | undefined;
}

/** What can be handed to another thread, which opens it by `openSharedMVar`. */
export interface SharedMVarHandle<T> {
  readonly kind: "tailrace:mvar";
  readonly name: string;
  readonly maxBytes: number;
  /** Undefined if it is one of the user's. */
  readonly codec: CodecName | undefined;
  readonly memory: SharedArrayBuffer;
  readonly lives: SharedArrayBuffer;
  /** Only a type. */
  readonly values?: T;
}

/**
 * An `MVar` in memory that threads share. Each operation is there for all threads; those that end in `Sync` stand still
 * instead of giving a promise, and are for workers.
 *
 * If a thread dies in the middle of an operation, that has not happened. If it dies while a value is lent to it, by `with`
 * or `modify`, the value is put back, and whoever comes next to take, read or swap it, or to have it lent, gets an
 * `OwnerDiedError`, once; the one after that gets the value.
 */
export interface SharedMVar<T> extends MVar<T> {
  readonly maxBytes: number;
  /** What is handed to other threads, by `workerData` or `postMessage`. */
  readonly handle: SharedMVarHandle<T>;
  /** As `take`, but stands still until there is a value. */
  takeSync(wait?: SyncWaitOptions): T;
  /** As `put`, but stands still until there is room. */
  putSync(value: T, wait?: SyncWaitOptions): void;
  /** As `read`, but stands still until there is a value. */
  readSync(wait?: SyncWaitOptions): T;
  /** As `swap`, but stands still until there is a value. */
  swapSync(value: T, wait?: SyncWaitOptions): T;
}

/**
 * Makes an `MVar` that threads share.
 *
 * @throws {ArgumentError} if an option cannot be used, or the value is longer than `maxBytes`
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not arrive on this platform
 * @example
 * ```ts
 * import { isMainThread, Worker, workerData } from "node:worker_threads";
 * import { openSharedMVar, sharedMVar } from "tailrace/threads";
 * import type { SharedMVarHandle } from "tailrace/threads";
 *
 * if (isMainThread) {
 *   const box = sharedMVar<string>({ maxBytes: 1024 });
 *   new Worker(new URL(import.meta.url), { workerData: box.handle });
 *   await box.put("hello");
 * } else {
 *   const box = openSharedMVar(workerData as SharedMVarHandle<string>);
 *   console.log(box.takeSync());
 * }
 * ```
 */
export function sharedMVar<T>(options: SharedMVarOptions<T>): SharedMVar<T> {
  const given = optionsOf("options", options);
  const maxBytes = count("maxBytes", given.maxBytes);
  if (maxBytes > MOST_BYTES) throw outOfRange("maxBytes", maxBytes, `at most ${MOST_BYTES.toString()}`);
  const { codec, codecName } = codecOf(given.codec);
  const name = nameOf("mvar", given.name);
  const memory = new SharedArrayBuffer(bytesFor(maxBytes));
  listenForCrossing(memory, SELF_TEST);
  const handle: SharedMVarHandle<T> = {
    kind: KIND,
    name,
    maxBytes,
    codec: codecName,
    memory,
    lives: ownLives().memory,
  };
  const box = new MVarView<T>(handle, codec, given.allowSyncOnMain === true);
  if (given.value !== undefined) box.fill(given.value);
  return box;
}

/**
 * Opens in this thread what `sharedMVar` has made in another.
 *
 * @throws {ArgumentError} if that is no handle, or its codec is missing
 * @throws {TailraceError} with the code `TAILRACE_SELF_TEST` if a wake-up does not cross to the other thread
 * @example
 * ```ts
 * import { parentPort } from "node:worker_threads";
 * import { openSharedMVar } from "tailrace/threads";
 * import type { SharedMVarHandle } from "tailrace/threads";
 *
 * parentPort?.once("message", (handle: SharedMVarHandle<number>) => {
 *   const counter = openSharedMVar(handle);
 *   void counter.modify((n) => n + 1);
 * });
 * ```
 */
export function openSharedMVar<T>(handle: SharedMVarHandle<T>, options?: OpenSharedMVarOptions<T>): SharedMVar<T> {
  if (!isObject(handle) || (handle as { kind?: unknown }).kind !== KIND)
    throw wrongType("handle", handle, "the handle of a shared MVar");
  const given = optionsOf("options", options);
  if (given.codec === undefined && handle.codec === undefined) {
    throw wrongType("codec", undefined, "the codec that the box was made with");
  }
  const { codec } = codecOf(handle.codec ?? given.codec);
  const box = new MVarView(handle, codec, given.allowSyncOnMain === true);
  checkCrossing(handle.memory, SELF_TEST, livesOf(handle.lives), place("mvar", handle.name));
  share();
  return box;
}

const KIND = "tailrace:mvar";
const MOST_BYTES = 2 ** 30;
