import type { LibraryModel } from "./model.ts";

/** The process itself, and what its standard streams are. */
export const nodeProcess: LibraryModel = {
  modules: ["process", "global"],
  values: {
    process: "Process",
    default: "Process",
    stdin: "stream.Readable",
    stdout: "StandardOutput",
    stderr: "StandardOutput",
  },
  resources: {
    Process: {
      extends: ["events.EventEmitter"],
      properties: { stdin: "stream.Readable", stdout: "StandardOutput", stderr: "StandardOutput" },
    },
    // Its writes are synchronous where it is a file or a terminal.
    StandardOutput: { extends: ["stream.Writable"] },
  },
};

/** The interfaces of streams that `@types/node` declares for everybody. */
export const nodeInterfaces: LibraryModel = {
  modules: ["global"],
  resources: {
    "NodeJS.ReadableStream": { extends: ["stream.Readable"] },
    "NodeJS.WritableStream": { extends: ["stream.Writable"] },
    "NodeJS.ReadWriteStream": { extends: ["stream.Duplex"] },
    "NodeJS.EventEmitter": { extends: ["events.EventEmitter"] },
    "NodeJS.Process": { extends: ["process.Process"] },
  },
};
