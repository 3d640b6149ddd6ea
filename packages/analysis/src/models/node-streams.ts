import { DRIVE, NEUTRAL } from "./model.ts";
import type { ApiModel, CapacityModel, KindModel, LibraryModel, MemberRole } from "./model.ts";
import type { CallModel } from "./resource.ts";

const capacity: CapacityModel = { unit: "bytes", size: 65_536, option: { argument: 0, property: "highWaterMark" } };
const transform: ApiModel = { role: "pipe", kind: "Duplex", capacity };
const codec: ApiModel = { role: "pipe", kind: "Duplex", capacity: { unit: "bytes", size: 65_536 } };

const codecs = [
  "Gzip",
  "Gunzip",
  "Deflate",
  "Inflate",
  "DeflateRaw",
  "InflateRaw",
  "Unzip",
  "BrotliCompress",
  "BrotliDecompress",
];

const self: CallModel = { gives: "this" };

const listen: MemberRole = { role: "listen" };
const listeners = {
  on: listen,
  once: listen,
  addListener: listen,
  prependListener: listen,
  prependOnceListener: listen,
};

const writing: KindModel["members"] = {
  write: { role: "write", waits: false },
  end: { role: "write", waits: false },
};

const reading: KindModel["members"] = {
  pipe: { role: "into", returns: "argument" },
  "@@iterate": DRIVE,
  "@@asyncIterator": { role: "end", kind: "Readable" },
  iterator: { role: "end", kind: "Readable" },
  map: { role: "end", kind: "Readable" },
  filter: { role: "end", kind: "Readable" },
  flatMap: { role: "end", kind: "Readable" },
  take: { role: "end", kind: "Readable" },
  drop: { role: "end", kind: "Readable" },
  setEncoding: { role: "end", kind: "Readable" },
};

// What looks at a stream or configures it; everything else of a reading end may read.
const passive = Object.fromEntries(
  [
    ["cork", "uncork", "pause", "isPaused", "emit", "off", "removeListener", "removeAllListeners", "listenerCount"],
    ["setMaxListeners", "setDefaultEncoding", "unpipe", "eventNames", "getMaxListeners", "_write", "_transform"],
  ]
    .flat()
    .map((name) => [name, NEUTRAL]),
);

/** Node streams. `write` never waits by itself: what waits is the promise of a `drain`, `finish`, `end` or `close`. */
export const nodeStreams: LibraryModel = {
  modules: ["stream", "stream/promises", "zlib", "crypto"],
  exports: {
    PassThrough: transform,
    Transform: transform,
    duplexPair: { role: "pipe-pair", writes: "DuplexWriter", reads: "DuplexReader", capacity },
    pipeline: { role: "pipeline" },
    "promises.pipeline": { role: "pipeline" },
    finished: { role: "finished" },
    "promises.finished": { role: "finished" },
    "Readable.from": { role: "lazy", kind: "LazyReadable" },
    "Readable.fromWeb": { role: "convert", kind: "Readable" },
    "Readable.toWeb": { role: "convert", kind: "ReadableStream" },
    "Writable.fromWeb": { role: "convert", kind: "DuplexWriter" },
    "Writable.toWeb": { role: "convert", kind: "WritableStream" },
    "Duplex.toWeb": { role: "convert", kind: "TransformStream" },
    "Duplex.fromWeb": { role: "convert", kind: "Duplex" },
    ...Object.fromEntries(codecs.map((name) => [`create${name}`, codec])),
    createCipheriv: codec,
    createDecipheriv: codec,
  },
  makes: {
    Stream: { gives: "Stream" },
    Readable: { gives: "Readable" },
    Writable: { gives: "Writable" },
    Duplex: { gives: "Duplex" },
    Transform: { gives: "Transform" },
    PassThrough: { gives: "PassThrough" },
    "Readable.from": { gives: "Readable" },
    "Readable.fromWeb": { gives: "Readable" },
    "Writable.fromWeb": { gives: "Writable" },
    ...Object.fromEntries(codecs.map((name) => [`create${name}`, { gives: "Transform" }])),
    createCipheriv: { gives: "Transform" },
    createDecipheriv: { gives: "Transform" },
  },
  resources: {
    Stream: { extends: ["events.EventEmitter"] },
    Readable: {
      extends: ["Stream"],
      methods: {
        setEncoding: self,
        pause: self,
        unpipe: self,
        resume: { gives: "this", starts: ["end", "close", "error"], consumes: true },
        read: { starts: ["end", "close", "error"] },
        pipe: { starts: ["end", "close", "error"], consumes: true },
        destroy: { gives: "this", starts: ["close"], consumes: true },
      },
      events: {
        end: { once: true, state: ["readableEnded", "readable", "destroyed", "closed", "complete", "errored"] },
        close: { once: true, state: ["closed", "destroyed", "errored"], follows: ["end", "error"] },
        data: {},
        readable: {},
        error: {},
      },
    },
    Writable: {
      extends: ["Stream"],
      methods: {
        end: { gives: "this", starts: ["finish", "close", "error"] },
        destroy: { gives: "this", starts: ["close"] },
        write: { starts: ["drain", "error"] },
      },
      events: {
        finish: {
          once: true,
          state: ["writableFinished", "writableEnded", "writable", "destroyed", "closed", "errored"],
        },
        close: { once: true, state: ["closed", "destroyed", "errored"], follows: ["finish", "error"] },
        drain: { state: ["writableNeedDrain", "writableLength", "write"] },
        error: {},
      },
    },
    Duplex: { extends: ["Readable", "Writable"] },
    Transform: { extends: ["Duplex"] },
    PassThrough: { extends: ["Transform"] },
  },
  declaredBy: "node",
  // Not Duplex: what is written to a socket is not what is read from it.
  types: { Transform: "Duplex", PassThrough: "Duplex" },
  kinds: {
    Duplex: { reads: true, members: { ...passive, ...listeners, ...writing, ...reading }, otherwise: DRIVE },
    Readable: { reads: true, members: { ...passive, ...listeners, ...reading }, otherwise: DRIVE },
    DuplexWriter: { reads: false, members: { ...passive, ...listeners, ...writing }, otherwise: NEUTRAL },
    DuplexReader: {
      reads: true,
      members: { ...passive, ...listeners, ...reading, write: NEUTRAL, end: NEUTRAL },
      otherwise: DRIVE,
    },
    LazyReadable: { reads: true, members: { ...passive, ...listeners, ...reading }, otherwise: DRIVE },
  },
};

/** `node:stream/consumers`. */
export const nodeConsumers: LibraryModel = {
  modules: ["stream/consumers"],
  exports: Object.fromEntries(
    ["arrayBuffer", "blob", "buffer", "json", "text"].map((name) => [name, { role: "drive" } as const]),
  ),
};

/** `util.promisify`. */
export const nodeUtil: LibraryModel = {
  modules: ["util"],
  exports: { promisify: { role: "promisify" } },
};
