import type { Writable, WritableOptions } from "node:stream";
import { TailraceError } from "../errors.ts";
import type { Lane } from "./lane.ts";

interface Platform {
  readonly process?: {
    getBuiltinModule?(id: "node:stream"): { readonly Writable: new (options: WritableOptions) => Writable } | undefined;
  };
}

/** Encodings that need not be undone; undefined if none was given. */
const PLAIN = new Set<string | undefined>([undefined, "utf8", "utf-8"]);

/** A stream that holds nothing itself: the queue is that of the lane. */
export function streamOf(lane: Lane): Writable {
  const streams = (globalThis as Platform).process?.getBuiltinModule?.("node:stream");
  if (streams === undefined) {
    const what = `lane ${JSON.stringify(lane.name)}`;
    throw new TailraceError(
      "TAILRACE_NO_STREAMS",
      `${what}: this platform has no streams of Node; toWeb() gives another`,
    );
  }
  const tell = (promise: Promise<void>, callback: (error?: Error | null) => void): void => {
    promise.then(() => {
      callback();
    }, callback);
  };
  return new streams.Writable({
    objectMode: true, // chunks are passed on as they are
    highWaterMark: 1,
    decodeStrings: false,
    write: (chunk: unknown, encoding, callback) => {
      const isCoded = typeof chunk === "string" && !PLAIN.has(encoding);
      tell(lane.send(isCoded ? Buffer.from(chunk, encoding) : chunk), callback);
    },
    final: (callback) => {
      tell(lane.close(), callback);
    },
    destroy: (error, callback) => {
      lane.abort(error ?? new Error("the stream was destroyed")); // if it is at its end, nothing is left
      callback(error);
    },
  });
}

export function webStreamOf(lane: Lane): WritableStream {
  return new WritableStream({
    write: (chunk) => lane.send(chunk),
    close: () => lane.close(),
    abort: (reason: unknown) => {
      lane.abort(reason);
    },
  });
}
