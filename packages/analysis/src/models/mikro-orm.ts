import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const query: CallModel = { acquires: "lease", during: "call" };
const begins: CallModel = { acquires: "lease", during: 0, passes: { 0: ["EntityManager"] } };

const QUERIES = [
  "find findOne findOneOrFail findAll findAndCount findByCursor count flush insert insertMany upsert upsertMany",
  "nativeUpdate nativeDelete refresh populate",
]
  .join(" ")
  .split(" ");

/**
 * MikroORM: within `transactional()`, the entity manager of the whole program is that of the transaction, by the context
 * that the call runs in; but one that was forked stays what it is, and takes connections of its own.
 */
export const mikroOrm: LibraryModel = {
  modules: ["@mikro-orm/core", ...["postgresql", "mysql", "mariadb", "mssql"].map((driver) => `@mikro-orm/${driver}`)],
  makes: { "MikroORM.init": { resolves: "MikroORM" }, MikroORM: { gives: "MikroORM" } },
  resources: {
    MikroORM: { properties: { em: "EntityManager" }, methods: { close: { idle: true } } },
    EntityManager: {
      shares: true,
      methods: {
        transactional: begins,
        begin: { acquires: "lease" },
        commit: { releases: "receiver" },
        rollback: { releases: "receiver" },
        fork: { gives: "Fork" },
      },
    },
    Fork: {
      extends: ["EntityManager"],
      shares: true,
      methods: Object.fromEntries(QUERIES.map((name) => [name, query])),
    },
  },
};
