import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const made: CallModel = { gives: "Knex", permits: { argument: 0, property: "pool.max", default: 10 } };
const query: CallModel = { gives: "knex.Knex.QueryBuilder", acquires: "lease", during: "call" };
const nested: CallModel = { resolves: "knex.Knex.Transaction", passes: { 0: ["knex.Knex.Transaction"] } };
// Of what it is chained to as well.
const transacting: CallModel = { gives: "this", joins: { argument: 0 } };

const STARTS = ["@@call", "select", "from", "into", "with", "insert", "update", "delete", "where", "first", "count"];

/**
 * knex: a transaction has a connection of the pool for itself, as long as its function runs or until its end; a query
 * takes another one when it is awaited, unless it is begun by the transaction or told to be `transacting` in it.
 */
export const knex: LibraryModel = {
  modules: ["knex"],
  makes: { default: made, knex: made, "*": made, "default.knex": made },
  resources: {
    Knex: {
      properties: { schema: "knex.Knex.SchemaBuilder" },
      methods: {
        ...Object.fromEntries(STARTS.map((name) => [name, query])),
        raw: { ...query, gives: "knex.Knex.Raw" },
        batchInsert: { ...query, gives: "knex.Knex.BatchInsertBuilder" },
        transaction: { ...nested, acquires: "lease", during: 0 },
        destroy: { idle: true },
      },
    },
    "Knex.QueryBuilder": {
      shares: true,
      methods: { "*": { gives: "this" }, transacting },
    },
    "Knex.Raw": { shares: true, methods: { transacting } },
    "Knex.BatchInsertBuilder": { shares: true, methods: { transacting } },
    "Knex.SchemaBuilder": {
      shares: true,
      methods: {
        "*": { gives: "this", acquires: "lease", during: "call" },
        transacting,
      },
    },
    "Knex.Transaction": {
      methods: {
        commit: { releases: "receiver" },
        rollback: { releases: "receiver" },
        transaction: nested,
        savepoint: { passes: { 0: ["knex.Knex.Transaction"] } },
      },
    },
  },
};
