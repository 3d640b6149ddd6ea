import type { LibraryModel } from "./model.ts";

/** Streams over files. They open by themselves; reading begins with whoever reads. */
export const fs: LibraryModel = {
  modules: ["fs"],
  exports: {},
  makes: {
    createReadStream: { gives: "ReadStream", starts: ["open", "ready", "error"] },
    createWriteStream: { gives: "WriteStream", starts: ["open", "ready", "error"] },
    watch: { gives: "FSWatcher" },
  },
  resources: {
    ReadStream: {
      extends: ["stream.Readable"],
      events: {
        open: { once: true, state: ["pending"] },
        ready: { once: true, state: ["pending"], follows: ["open"] },
      },
    },
    WriteStream: {
      extends: ["stream.Writable"],
      events: {
        open: { once: true, state: ["pending"] },
        ready: { once: true, state: ["pending"], follows: ["open"] },
      },
    },
    FSWatcher: { extends: ["events.EventEmitter"], methods: { close: { starts: ["close"] } } },
  },
};
