import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const sql: CallModel = { gives: "Sql", permits: { property: "max", default: 10 } };
const query: CallModel = { acquires: "lease", during: "call", gives: "PendingQuery" };

/**
 * postgres.js: a query takes a connection when it is awaited, and is a part of another one where it stands in that one's
 * template. A transaction and a reserved connection have one for themselves, and queries of their own.
 */
export const postgresJs: LibraryModel = {
  modules: ["postgres"],
  makes: { default: sql, "*": sql },
  resources: {
    Sql: {
      methods: {
        "@@tag": query,
        unsafe: query,
        file: query,
        notify: { acquires: "lease", during: "call" },
        begin: { acquires: "lease", during: "last", passes: { last: ["TransactionSql"] } },
        reserve: { acquires: "lease", resolves: "ReservedSql" },
        end: { idle: true },
      },
    },
    TransactionSql: { methods: { savepoint: { passes: { last: ["TransactionSql"] } } } },
    ReservedSql: { methods: { release: { releases: "receiver", again: "frees" } } },
    PendingQuery: {},
  },
};
