import type { LibraryModel } from "./model.ts";
import type { EventModel } from "./resource.ts";

// The file is closed by the system, a turn after the end: an `await` between comes in time.
const close: EventModel = { once: true, state: ["closed", "destroyed", "errored"], follows: ["error"] };

/** Streams over files. They open by themselves; reading begins with whoever reads. */
export const fs: LibraryModel = {
  modules: ["fs"],
  makes: {
    createReadStream: { gives: "ReadStream", starts: ["open", "ready", "error"] },
    createWriteStream: { gives: "WriteStream", starts: ["open", "ready", "error"] },
    watch: { gives: "FSWatcher" },
    "promises.open": { resolves: "fs/promises.FileHandle", acquires: "lease" },
  },
  resources: {
    ReadStream: {
      extends: ["stream.Readable"],
      events: {
        open: { once: true, state: ["pending"] },
        ready: { once: true, state: ["pending"], follows: ["open"] },
        close,
      },
    },
    WriteStream: {
      extends: ["stream.Writable"],
      events: {
        open: { once: true, state: ["pending"] },
        ready: { once: true, state: ["pending"], follows: ["open"] },
        close,
      },
    },
    FSWatcher: { extends: ["events.EventEmitter"], methods: { close: { starts: ["close"] } } },
  },
};
