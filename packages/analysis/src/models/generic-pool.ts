import type { LibraryModel } from "./model.ts";

/** generic-pool: leases of what a factory makes; one at a time unless `max` says more. */
export const genericPool: LibraryModel = {
  modules: ["generic-pool"],
  makes: { createPool: { gives: "Pool", permits: { argument: 1, property: "max", default: 1 } } },
  resources: {
    Pool: {
      extends: ["events.EventEmitter"],
      methods: {
        acquire: { acquires: "lease" },
        use: { acquires: "lease", during: 0 },
        release: { releases: "argument", again: "fails" },
        destroy: { releases: "argument" },
        drain: { idle: true },
      },
    },
  },
};
