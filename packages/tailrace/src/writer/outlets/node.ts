import { isObject, wrongType } from "../../arguments.ts";
import type { NodeWritable } from "../../fan/write.ts";
import type { Outlet, OutletEvents } from "../outlet.ts";
import { textSize } from "./size.ts";

/** The part of Node's writable streams that is used: sockets, HTTP responses, HTTP/2 streams. */
export interface NodeStreamSink extends NodeWritable {
  readonly writableNeedDrain?: boolean;
  readonly writableLength?: number;
  readonly writableHighWaterMark?: number;
  readonly writableObjectMode?: boolean;
  readonly errored?: (Error & { readonly code?: unknown }) | null;
  cork?(): void;
  uncork?(): void;
}

/** The part of an HTTP message that is used: it is written to a socket, if it has got one. */
interface HttpMessage {
  readonly chunkedEncoding: boolean;
  readonly socket: Corkable | null;
}

type Corkable = Pick<NodeStreamSink, "cork" | "uncork">;

/** Items in the queue of a lane, where the stream takes items; and bytes, where it takes bytes. */
const ITEMS = 16;
const BYTES = 65_536;

/** How a write fails whose stream was destroyed meanwhile: in Node and Deno, and in Bun. */
const CANCELLED: readonly unknown[] = ["ECANCELED", "ERR_SOCKET_CLOSED"];

export function nodeOutlet(stream: NodeStreamSink, events: OutletEvents): Outlet {
  const isOfItems = stream.writableObjectMode === true;
  const usual = isOfItems ? ITEMS : BYTES;
  /** Whether a write was refused: only for streams that cannot be asked. */
  let wasRefused = false;
  let corked: Corkable | undefined;
  const onDrain = (): void => {
    wasRefused = false;
    events.onWritable();
  };
  const onError = (error: unknown): void => {
    events.onClosed(error);
  };
  const onEnd = (): void => {
    events.onClosed(failureOf(stream));
  };
  stream.on("drain", onDrain);
  stream.on("error", onError);
  stream.on("finish", onEnd);
  stream.on("close", onEnd);
  return {
    get isWritable() {
      return !(stream.writableNeedDrain ?? wasRefused) && !isClosed(stream);
    },
    get isClosed() {
      return isClosed(stream);
    },
    get error() {
      return failureOf(stream);
    },
    get buffered() {
      return stream.writableLength ?? 0;
    },
    get room() {
      return (stream.writableHighWaterMark ?? usual) - (stream.writableLength ?? 0);
    },
    sizeOf: isOfItems ? sizeOfItem : sizeOfBytes,
    write(chunk) {
      wasRefused = true; // it may drain before it returns
      if (stream.write(chunk)) wasRefused = false;
    },
    cork() {
      corked = corkableOf(stream);
      corked.cork?.();
    },
    uncork() {
      corked?.uncork?.();
    },
    await: () => undefined, // it has refused a write, so it will drain
    detach() {
      stream.off("drain", onDrain);
      if (!isClosed(stream)) stream.off("error", onError); // else it may be told later, and nobody else listens
      stream.off("finish", onEnd);
      stream.off("close", onEnd);
    },
    usualQueue: usual,
  };
}

/** An HTTP message that is corked itself does not ask its socket whether it is full: Node 24 goes on without a bound. */
function corkableOf(stream: NodeStreamSink): Corkable {
  if (!("chunkedEncoding" in stream)) return stream;
  return (stream as NodeStreamSink & HttpMessage).socket ?? {};
}

function isClosed({ destroyed, writableEnded }: NodeStreamSink): boolean {
  return destroyed === true || writableEnded === true;
}

/** What was still to be written when somebody destroyed the stream is only cancelled by that. */
function failureOf({ errored }: NodeStreamSink): unknown {
  return CANCELLED.includes(errored?.code) ? undefined : (errored ?? undefined);
}

function sizeOfItem(item: unknown): number {
  if (item === null || item === undefined) throw wrongType("chunk", item, "anything but null and undefined");
  return 1;
}

function sizeOfBytes(chunk: unknown): number {
  if (isObject(chunk) && ArrayBuffer.isView(chunk)) return chunk.byteLength;
  if (typeof chunk === "string") return textSize(chunk);
  throw wrongType("chunk", chunk, "a string, a Buffer or another view of bytes");
}
