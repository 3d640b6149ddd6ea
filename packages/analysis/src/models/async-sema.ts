import type { LibraryModel } from "./model.ts";

/** async-sema: permits that `release()` gives back, which adds one each time that it is called. */
export const asyncSema: LibraryModel = {
  modules: ["async-sema"],
  makes: {
    Sema: { gives: "Sema", permits: { argument: 0 } },
    "default.Sema": { gives: "Sema", permits: { argument: 0 } },
  },
  resources: {
    Sema: {
      methods: {
        acquire: { acquires: "permit" },
        release: { releases: "receiver", again: "frees" },
        // It takes all of them.
        drain: { idle: true },
      },
    },
  },
};
