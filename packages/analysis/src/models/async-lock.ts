import type { LibraryModel } from "./model.ts";

/** async-lock: a lock for each key, held while a function runs. Reentrant only with `domainReentrant`. */
export const asyncLock: LibraryModel = {
  modules: ["async-lock"],
  makes: {
    default: { gives: "AsyncLock", permits: { default: 1 } },
    "*": { gives: "AsyncLock", permits: { default: 1 } },
  },
  resources: {
    AsyncLock: { methods: { acquire: { acquires: "lock", key: 0, during: 1 } } },
  },
};
