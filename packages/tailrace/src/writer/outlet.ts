// What a sink writes to, whatever it is: what can be asked of it, and what it tells.
import { isObject, wrongType } from "../arguments.ts";
import { isNodeWritable, isWebWritable } from "../fan/write.ts";
import type { WebWritable } from "../fan/write.ts";
import { nodeOutlet } from "./outlets/node.ts";
import type { NodeStreamSink } from "./outlets/node.ts";
import { webOutlet } from "./outlets/web.ts";
import { CONNECTING, isWebSocket, webSocketOutlet } from "./outlets/web-socket.ts";
import type { WebSocketLike } from "./outlets/web-socket.ts";

/** What can be written to. */
export type WriteTarget = NodeStreamSink | WebWritable<never> | WebSocketLike;

/** Told of what happens, at any moment, also while something is being written. */
export interface OutletEvents {
  /** It may be written to again; whether that is so is asked. */
  onWritable(): void;
  /** It will never be written to again. */
  onClosed(error: unknown): void;
}

export interface Outlet {
  /** Whether it can be written to now: a level. If not, `onWritable` or `onClosed` is called when that may have changed. */
  readonly isWritable: boolean;
  /** Whether nothing can ever be written to it again, even if nobody has said so yet. */
  readonly isClosed: boolean;
  /** What it has failed with, as far as that is known. */
  readonly error: unknown;
  /** Bytes in its buffers, as far as it says. */
  readonly buffered: number;
  /** Bytes, or items, that it takes in one go. */
  readonly room: number;
  /** What a chunk counts as. Throws if it can not be written. */
  sizeOf(chunk: unknown): number;
  /** @param size what it counts as */
  write(chunk: unknown, size: number): void;
  /** What is written goes out together, from `cork` to `uncork`. */
  cork(): void;
  uncork(): void;
  /** To be called when it was found not to be writable. */
  await(): void;
  /** It is not used any more. */
  detach(): void;
  /** What it holds in a queue at most, in the unit of `sizeOf`, if nobody says else. */
  readonly usualQueue: number;
}

export function outletOf(target: unknown, events: OutletEvents): Outlet {
  if (isNodeWritable(target)) return nodeOutlet(target, events);
  if (isWebWritable(target)) {
    if (target.locked) throw wrongType("sink", target, "a stream that is not locked by another writer");
    return webOutlet(target, events);
  }
  if (isObject(target) && isWebSocket(target)) return webSocketOutlet(target, events);
  throw wrongType("sink", target, "a writable stream of Node, a WritableStream or a WebSocket");
}

/** Whether it is a socket that has no connection yet. */
export function isConnecting(target: unknown): boolean {
  return isObject(target) && (target["connecting"] === true || target["readyState"] === CONNECTING);
}
