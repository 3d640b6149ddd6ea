import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

// What reads or writes to the end closes the file then.
const toTheEnd: CallModel = { releases: "receiver" };

/** fs/promises: files that are open until they are closed. */
export const fileHandles: LibraryModel = {
  modules: ["fs/promises"],
  makes: { open: { resolves: "FileHandle", acquires: "lease" } },
  resources: {
    FileHandle: {
      methods: {
        close: { releases: "receiver" },
        createReadStream: toTheEnd,
        createWriteStream: toTheEnd,
        readLines: toTheEnd,
        readableWebStream: toTheEnd,
      },
    },
  },
};
