import type { LibraryModel } from "./model.ts";

/** Line readers: they read from the call that makes them, and hand each line to who listens then. */
export const readline: LibraryModel = {
  modules: ["readline", "readline/promises"],
  makes: {
    createInterface: { gives: "Interface", starts: ["line", "close"] },
    Interface: { gives: "Interface", starts: ["line", "close"] },
    "promises.createInterface": { gives: "Interface", starts: ["line", "close"] },
  },
  resources: {
    Interface: {
      extends: ["events.EventEmitter"],
      methods: { close: { starts: ["close"] } },
      events: { close: { once: true, state: ["closed"] }, line: {} },
    },
  },
};
