import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const query: CallModel = { acquires: "lease", during: "call" };
const pool: CallModel = { gives: "Pool", permits: { argument: 0, property: "connectionLimit", default: 10 } };
const lease: CallModel = { acquires: "lease", passes: { last: ["", "PoolConnection"] } };

/** mysql2, with callbacks or promises: connections of a pool are leased until their `release()`. */
export const mysql2: LibraryModel = {
  modules: ["mysql2", "mysql2/promise"],
  makes: { createPool: pool },
  resources: {
    Pool: {
      extends: ["events.EventEmitter"],
      methods: {
        getConnection: { ...lease, resolves: "PoolConnection" },
        query,
        execute: query,
        releaseConnection: { releases: "argument", again: "frees" },
        promise: { gives: "Pool" },
      },
    },
    PoolConnection: {
      extends: ["events.EventEmitter"],
      methods: {
        release: { releases: "receiver", again: "frees" },
        destroy: { releases: "receiver" },
        promise: { gives: "PoolConnection" },
      },
    },
  },
};

/** mysql, its forerunner, with callbacks only. */
export const mysql: LibraryModel = {
  modules: ["mysql"],
  makes: { createPool: pool },
  resources: {
    Pool: {
      extends: ["events.EventEmitter"],
      methods: { getConnection: lease, query },
    },
    PoolConnection: {
      extends: ["events.EventEmitter"],
      methods: { release: { releases: "receiver", again: "fails" }, destroy: { releases: "receiver" } },
    },
  },
};
