import { DRIVE, NEUTRAL } from "./model.ts";
import type { ApiModel, LibraryModel } from "./model.ts";

// A transform of bytes buffers inside (zlib), so that small inputs pass and large ones wait for ever.
const bytes: ApiModel = { role: "pipe", kind: "TransformStream", capacity: { unit: "bytes", size: 65_536 } };
const text: ApiModel = { role: "pipe", kind: "TransformStream", capacity: { unit: "items", size: 0 } };

/** WHATWG streams: the default room of a transform's readable side is 0, so its first awaited write already waits. */
export const webStreams: LibraryModel = {
  modules: ["global", "stream/web"],
  exports: {
    TransformStream: {
      role: "pipe",
      kind: "TransformStream",
      capacity: { unit: "items", size: 0, option: { argument: 2, property: "highWaterMark" } },
    },
    TextEncoderStream: text,
    TextDecoderStream: text,
    CompressionStream: bytes,
    DecompressionStream: bytes,
    "ReadableStream.from": { role: "lazy", kind: "ReadableStream" },
    Response: { role: "lazy", kind: "Body" },
    Request: { role: "lazy", kind: "Body" },
  },
  declaredBy: "node",
  types: Object.fromEntries(
    ["TransformStream", "TextEncoderStream", "TextDecoderStream", "CompressionStream", "DecompressionStream"].map(
      (name) => [name, "TransformStream"],
    ),
  ),
  kinds: {
    TransformStream: {
      reads: true,
      members: { writable: { role: "end", kind: "WritableStream" }, readable: { role: "end", kind: "ReadableStream" } },
      otherwise: DRIVE,
    },
    WritableStream: {
      reads: false,
      members: {
        getWriter: { role: "end", kind: "WritableStreamDefaultWriter" },
        close: { role: "wait" },
        abort: DRIVE,
      },
      otherwise: NEUTRAL,
    },
    WritableStreamDefaultWriter: {
      reads: false,
      members: {
        write: { role: "write", waits: true },
        ready: { role: "wait" },
        close: { role: "wait" },
        closed: { role: "wait" },
        abort: DRIVE,
      },
      otherwise: NEUTRAL,
    },
    ReadableStream: {
      reads: true,
      members: {
        getReader: { role: "end", kind: "ReadableStreamDefaultReader" },
        values: { role: "end", kind: "AsyncIterator" },
        "@@asyncIterator": { role: "end", kind: "AsyncIterator" },
        "@@iterate": DRIVE,
        pipeTo: { role: "into", returns: "promise" },
        pipeThrough: { role: "into", returns: "readable" },
        locked: NEUTRAL,
      },
      otherwise: DRIVE,
    },
    ReadableStreamDefaultReader: {
      reads: true,
      members: { releaseLock: NEUTRAL, closed: NEUTRAL },
      otherwise: DRIVE,
    },
    AsyncIterator: {
      reads: true,
      members: { "@@iterate": DRIVE, "@@asyncIterator": { role: "end", kind: "AsyncIterator" } },
      otherwise: DRIVE,
    },
    Body: {
      reads: true,
      members: {
        body: { role: "end", kind: "ReadableStream" },
        clone: { role: "chain" },
        headers: NEUTRAL,
        status: NEUTRAL,
        ok: NEUTRAL,
        bodyUsed: NEUTRAL,
        url: NEUTRAL,
        type: NEUTRAL,
      },
      otherwise: DRIVE,
    },
  },
};
