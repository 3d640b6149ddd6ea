import type { LibraryModel } from "./model.ts";

/** async-mutex: locks and semaphores that are given back by a function or by `release()`. Nothing is reentrant. */
export const asyncMutex: LibraryModel = {
  modules: ["async-mutex"],
  makes: {
    Mutex: { gives: "Mutex", permits: { default: 1 } },
    Semaphore: { gives: "Semaphore", permits: { argument: 0 } },
  },
  resources: {
    Mutex: {
      methods: {
        acquire: { acquires: "lock", releaser: "result" },
        runExclusive: { acquires: "lock", during: 0 },
        release: { releases: "receiver", again: "frees" },
        waitForUnlock: { idle: true },
      },
    },
    Semaphore: {
      methods: {
        acquire: { acquires: "permit", releaser: 1 },
        runExclusive: { acquires: "permit", during: 0 },
        release: { releases: "receiver", again: "frees" },
      },
    },
  },
};
