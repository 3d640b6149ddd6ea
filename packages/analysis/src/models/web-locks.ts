import type { LibraryModel } from "./model.ts";

/** Web Locks: a lock for each name, held while a function runs. Nothing is reentrant; shared ones wait for others too. */
export const webLocks: LibraryModel = {
  modules: ["global"],
  values: { "navigator.locks": "LockManager" },
  resources: {
    LockManager: {
      methods: {
        request: { acquires: "lock", key: 0, during: "last", unless: ["ifAvailable", "steal", "signal"] },
      },
    },
    Navigator: { properties: { locks: "LockManager" } },
  },
};
