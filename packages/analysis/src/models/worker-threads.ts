import type { LibraryModel } from "./model.ts";

/** Threads and their ports. A worker runs from the line that makes it; what it says while nobody listens is lost. */
export const workerThreads: LibraryModel = {
  modules: ["worker_threads"],
  values: { parentPort: "MessagePort", locks: "global.LockManager" },
  makes: {
    Worker: { gives: "Worker", starts: ["online", "message", "error", "exit"] },
    MessageChannel: { gives: "MessageChannel" },
  },
  resources: {
    Worker: {
      extends: ["events.EventEmitter"],
      properties: { stdout: "stream.Readable", stderr: "stream.Readable", stdin: "stream.Writable" },
      methods: { postMessage: { starts: ["message"] }, terminate: { starts: ["exit"], awaits: ["exit"] } },
      events: {
        online: { once: true },
        message: {},
        exit: { once: true, state: ["threadId"] },
        error: { once: true },
      },
    },
    MessageChannel: { properties: { port1: "MessagePort", port2: "MessagePort" } },
    MessagePort: {
      extends: ["events.EventEmitter"],
      events: { close: { once: true }, message: {} },
    },
  },
};
