import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const lock: CallModel = { gives: "AsyncLock", permits: { default: 1 }, unless: ["domainReentrant", "timeout"] };

/** async-lock: a lock for each key, held while a function runs. Reentrant only with `domainReentrant`. */
export const asyncLock: LibraryModel = {
  modules: ["async-lock"],
  makes: { default: lock, "*": lock },
  resources: {
    AsyncLock: {
      methods: { acquire: { acquires: "lock", key: 0, during: 1, unless: ["timeout", "domainReentrant"] } },
    },
  },
};
