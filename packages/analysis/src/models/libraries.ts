import { CHAIN, DRIVE, NEUTRAL } from "./model.ts";
import type { ApiModel, KindModel, LibraryModel } from "./model.ts";

/** archiver: `finalize()` resolves when the archive has been read to its end. */
const archiverPipe: ApiModel = { role: "pipe", kind: "Archiver", capacity: { unit: "bytes", size: 65_536 } };

export const archiver: LibraryModel = {
  modules: ["archiver"],
  exports: { default: archiverPipe, create: archiverPipe, ZipArchive: archiverPipe, TarArchive: archiverPipe, "*": archiverPipe },
  declaredBy: "archiver",
  types: { Archiver: "Archiver", ZipArchive: "Archiver", TarArchive: "Archiver" },
  kinds: {
    Archiver: {
      reads: true,
      members: {
        append: { role: "write", waits: false },
        file: { role: "write", waits: false },
        directory: { role: "write", waits: false },
        glob: { role: "write", waits: false },
        symlink: { role: "write", waits: false },
        finalize: { role: "wait" },
        on: { role: "listen" },
        once: { role: "listen" },
        pipe: { role: "into", returns: "argument" },
        "@@iterate": DRIVE,
        pointer: NEUTRAL,
        abort: DRIVE,
      },
      otherwise: DRIVE,
    },
  },
};

/** AWS SDK v3: an `Upload` reads its `Body` only once `done()` is called. */
export const awsUpload: LibraryModel = {
  modules: ["@aws-sdk/lib-storage"],
  exports: { Upload: { role: "lazy", kind: "Upload" } },
  kinds: { Upload: { reads: true, members: { done: DRIVE }, otherwise: NEUTRAL } },
};

export const pLimit: LibraryModel = {
  modules: ["p-limit"],
  exports: { default: { role: "limiter" }, "*": { role: "limiter" } },
};

/** p-queue: a limiter made with `new`. */
export const pQueue: LibraryModel = {
  modules: ["p-queue"],
  exports: { default: { role: "limiter", option: "concurrency" } },
};

/** p-map: runs the mapper for so many elements at a time. */
export const pMap: LibraryModel = {
  modules: ["p-map"],
  exports: { default: { role: "map", option: "concurrency" } },
};

/** RxJS: an observable reads its source when somebody subscribes. */
export const rxjs: LibraryModel = {
  modules: ["rxjs"],
  exports: {
    from: { role: "lazy", kind: "Observable" },
    defer: { role: "lazy", kind: "Observable" },
    lastValueFrom: { role: "drive" },
    firstValueFrom: { role: "drive" },
  },
  kinds: {
    Observable: { reads: true, members: { pipe: CHAIN, subscribe: DRIVE, forEach: DRIVE }, otherwise: DRIVE },
  },
};

const query: KindModel = {
  reads: true,
  members: { then: DRIVE, "@@await": DRIVE, catch: DRIVE, finally: DRIVE, stream: DRIVE, pipe: DRIVE, end: DRIVE, exec: DRIVE },
  otherwise: CHAIN,
};

/** Request and query builders: lazy thenables, which start when they are awaited. */
export const queryBuilders: LibraryModel = {
  modules: ["knex", "superagent", "mongoose", "@prisma/client"],
  exports: Object.fromEntries(
    ["default", "default.*", "*", "knex", "agent", "get", "post", "put", "patch", "del", "PrismaClient", "model", "default.model"].map(
      (name): [string, ApiModel] => [name, { role: "lazy", kind: "Query" }],
    ),
  ),
  kinds: { Query: query },
};

/** Our own runtime is one more modelled library. */
export const tailrace: LibraryModel = {
  modules: ["tailrace"],
  exports: {
    channel: { role: "pipe", kind: "Channel", capacity: { unit: "items", size: 0, option: { argument: 0, property: "capacity" } } },
    drive: { role: "drive" },
    inspect: { role: "neutral" },
    report: { role: "neutral" },
  },
  declaredBy: "tailrace",
  types: { Channel: "Channel" },
  kinds: {
    Channel: {
      reads: true,
      members: {
        send: { role: "write", waits: true },
        trySend: { role: "write", waits: false },
        close: NEUTRAL,
        batches: { role: "end", kind: "AsyncIterator" },
        "@@asyncIterator": { role: "end", kind: "AsyncIterator" },
        "@@iterate": DRIVE,
      },
      otherwise: DRIVE,
    },
  },
};

/** Functions that print or compare their arguments. */
export const harmless: LibraryModel = {
  modules: ["global", "console", "util", "assert", "assert/strict"],
  exports: Object.fromEntries(
    ["console.*", "String", "Boolean", "Number", "inspect", "isDeepStrictEqual", "default", "default.*", "ok", "equal", "strictEqual"].map(
      (name): [string, ApiModel] => [name, { role: "neutral" }],
    ),
  ),
};
