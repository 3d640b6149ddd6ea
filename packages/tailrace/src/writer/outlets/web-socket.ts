import { wrongType } from "../../arguments.ts";
import type { Outlet, OutletEvents } from "../outlet.ts";
import { byteSize } from "./size.ts";

/**
 * The part of a `WebSocket` that is used, of a browser, of Node or of the package `ws`. Each names the types of its data and
 * events in its own way, so they are not named here.
 */
export interface WebSocketLike {
  readonly readyState: number;
  /** Bytes that were sent and have not gone out. */
  readonly bufferedAmount: number;
  send(data: never, callback?: () => void): void;
  addEventListener(event: never, listener: never): void;
  removeEventListener(event: never, listener: never): void;
}

/** Bytes that it may hold; and those in the queue of a lane. */
const MOST_BUFFERED = 65_536;

/** Milliseconds between two looks at a socket that has too much: it tells nobody when that has gone out. */
const LOOK = 5;

export const CONNECTING = 0;
const OPEN = 1;

export function isWebSocket(target: object): target is WebSocketLike {
  return (
    "bufferedAmount" in target &&
    "readyState" in target &&
    "send" in target &&
    typeof target.send === "function" &&
    "addEventListener" in target
  );
}

export function webSocketOutlet(socket: WebSocketLike, events: OutletEvents): Outlet {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isWritable = (): boolean => socket.readyState === OPEN && socket.bufferedAmount < MOST_BUFFERED;
  const look = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isWritable()) events.onWritable();
    else if (socket.readyState === OPEN) timer = setTimeout(look, LOOK);
  };
  /** The package `ws` calls back when something has gone out. */
  const onSent = (): void => {
    if (timer !== undefined) look();
  };
  const onError = (event: unknown): void => {
    const { error, message } = event as { readonly error?: unknown; readonly message?: unknown };
    events.onClosed(error ?? new Error(typeof message === "string" ? message : "the WebSocket has failed"));
  };
  const onClose = (event: unknown): void => {
    const { code, reason } = event as { readonly code?: number; readonly reason?: string };
    const why = [code?.toString() ?? "", reason ?? ""].filter((part) => part !== "").join(" ");
    events.onClosed(new Error(`the WebSocket was closed${why === "" ? "" : `: ${why}`}`));
  };
  const listeners = Object.entries({ open: look, error: onError, close: onClose });
  for (const [event, listener] of listeners) socket.addEventListener(event as never, listener as never);
  return {
    get isWritable() {
      return isWritable();
    },
    get isClosed() {
      return socket.readyState > OPEN;
    },
    error: undefined, // it is told
    get buffered() {
      return socket.bufferedAmount;
    },
    get room() {
      return MOST_BUFFERED - socket.bufferedAmount;
    },
    sizeOf(chunk) {
      const size = byteSize(chunk);
      if (size === undefined) throw wrongType("chunk", chunk, "a string, an ArrayBuffer, a view of one, or a Blob");
      return size;
    },
    write(chunk) {
      socket.send(chunk as never, onSent);
    },
    cork: () => undefined,
    uncork: () => undefined,
    await() {
      if (socket.readyState !== CONNECTING) timer ??= setTimeout(look, LOOK);
    },
    detach() {
      clearTimeout(timer);
      for (const [event, listener] of listeners) socket.removeEventListener(event as never, listener as never);
    },
    usualQueue: MOST_BUFFERED,
  };
}
