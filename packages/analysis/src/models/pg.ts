import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const pool: CallModel = { gives: "Pool", permits: { argument: 0, property: "max", default: 10 } };
const client: CallModel = { gives: "Client" };

/** pg: a client of the pool is leased by `connect()` until its `release()`; `pool.query()` leases one for its own time. */
export const pg: LibraryModel = {
  modules: ["pg"],
  makes: { Pool: pool, "default.Pool": pool, Client: client, "default.Client": client },
  resources: {
    Pool: {
      extends: ["events.EventEmitter"],
      methods: {
        connect: { resolves: "PoolClient", acquires: "lease", passes: { last: ["", "PoolClient", ""] } },
        query: { acquires: "lease", during: "call" },
        end: { idle: true },
      },
    },
    Client: {
      extends: ["events.EventEmitter"],
      methods: { end: { starts: ["end"] } },
      events: { end: { once: true } },
    },
    PoolClient: { extends: ["Client"], methods: { release: { releases: "receiver", again: "fails" } } },
  },
};

/** pg-pool, which is the pool of pg, as a module of its own. */
export const pgPool: LibraryModel = {
  modules: ["pg-pool"],
  makes: { default: { ...pool, gives: "pg.Pool" }, "*": { ...pool, gives: "pg.Pool" } },
};
