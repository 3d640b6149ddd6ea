import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const made: CallModel = { gives: "Knex", permits: { argument: 0, property: "pool.max", default: 10 } };

/** knex: a transaction has a connection of the pool for itself, as long as its function runs or until its end. */
export const knex: LibraryModel = {
  modules: ["knex"],
  makes: { default: made, knex: made, "*": made },
  resources: {
    Knex: {
      methods: {
        transaction: {
          resolves: "knex.Knex.Transaction",
          passes: { 0: ["knex.Knex.Transaction"] },
          acquires: "lease",
          during: 0,
        },
        destroy: { idle: true },
      },
    },
    "Knex.Transaction": {
      extends: ["Knex"],
      methods: { commit: { releases: "receiver" }, rollback: { releases: "receiver" } },
    },
  },
};
