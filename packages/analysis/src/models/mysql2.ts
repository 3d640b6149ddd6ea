import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const query: CallModel = { acquires: "lease", during: "call" };

/** mysql2, with callbacks or promises: connections of a pool are leased until their `release()`. */
export const mysql2: LibraryModel = {
  modules: ["mysql2", "mysql2/promise"],
  makes: { createPool: { gives: "Pool", permits: { argument: 0, property: "connectionLimit", default: 10 } } },
  resources: {
    Pool: {
      extends: ["events.EventEmitter"],
      methods: {
        getConnection: { resolves: "PoolConnection", acquires: "lease", passes: { last: ["", "PoolConnection"] } },
        query,
        execute: query,
        releaseConnection: { releases: "argument" },
      },
    },
    PoolConnection: {
      extends: ["events.EventEmitter"],
      methods: { release: { releases: "receiver", again: "frees" }, destroy: { releases: "receiver" } },
    },
  },
};
