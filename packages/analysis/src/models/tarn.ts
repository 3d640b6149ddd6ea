import type { LibraryModel } from "./model.ts";

/** tarn, which knex and sequelize stand on: `pool.acquire().promise` is the lease; a second release does nothing. */
export const tarn: LibraryModel = {
  modules: ["tarn"],
  makes: { Pool: { gives: "Pool", permits: { argument: 0, property: "max" } } },
  resources: {
    Pool: {
      methods: {
        acquire: { gives: "PendingOperation", acquires: "lease", promise: "promise" },
        release: { releases: "argument" },
        destroy: { idle: true },
      },
    },
    PendingOperation: {},
  },
};
