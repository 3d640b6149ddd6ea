import type { LibraryModel } from "./model.ts";
import type { CallModel, ResourceModel } from "./resource.ts";

const query: CallModel = { acquires: "lease", during: "call" };

const database = (transaction: string): ResourceModel => ({
  properties: { query: "Queries" },
  methods: {
    ...Object.fromEntries(["select", "insert", "update", "delete", "execute", "$count"].map((name) => [name, query])),
    selectDistinct: query,
    transaction: { acquires: "lease", during: 0, passes: { 0: [transaction] } },
  },
});

const postgres = [
  ["node-postgres", "NodePgDatabase"],
  ["postgres-js", "PostgresJsDatabase"],
] as const;

/**
 * Drizzle over a driver with a pool: a query takes a connection when it is awaited, a transaction has one for itself. Its
 * drivers for SQLite have only one connection, which a transaction shares with everybody.
 */
export const drizzle: LibraryModel = {
  modules: ["drizzle-orm", "drizzle-orm/pg-core", "drizzle-orm/mysql-core"],
  resources: {
    PgDatabase: database("PgTransaction"),
    PgTransaction: {},
    MySqlDatabase: database("MySqlTransaction"),
    MySqlTransaction: {},
    Queries: { shares: true, properties: { "*": "RelationalQueryBuilder" } },
    RelationalQueryBuilder: { shares: true, methods: { findMany: query, findFirst: query } },
  },
};

/** What makes them: one module for each driver. */
export const drizzleDrivers: readonly LibraryModel[] = [
  ...postgres.map(([driver, name]) => driverOf(driver, name, "PgDatabase")),
  driverOf("mysql2", "MySql2Database", "MySqlDatabase"),
];

function driverOf(driver: string, name: string, base: string): LibraryModel {
  return {
    modules: [`drizzle-orm/${driver}`],
    makes: { drizzle: { gives: name } },
    resources: { [name]: { extends: [`drizzle-orm.${base}`] } },
  };
}
