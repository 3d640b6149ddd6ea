import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

const query: CallModel = { acquires: "lease", during: "call" };
const result: Readonly<Record<string, CallModel>> = {
  execute: query,
  executeTakeFirst: query,
  executeTakeFirstOrThrow: query,
};
const builder = { shares: true, methods: { "*": { gives: "this" }, ...result } };

/** Kysely: a query takes a connection when it is executed; a transaction has one for itself. */
export const kysely: LibraryModel = {
  modules: ["kysely"],
  makes: { Kysely: { gives: "Kysely" } },
  resources: {
    Kysely: {
      methods: {
        selectFrom: { gives: "SelectQueryBuilder" },
        insertInto: { gives: "InsertQueryBuilder" },
        updateTable: { gives: "UpdateQueryBuilder" },
        deleteFrom: { gives: "DeleteQueryBuilder" },
        transaction: { gives: "TransactionBuilder" },
        startTransaction: { gives: "ControlledTransactionBuilder" },
        connection: { gives: "ConnectionBuilder" },
        destroy: { idle: true },
      },
    },
    SelectQueryBuilder: builder,
    InsertQueryBuilder: builder,
    UpdateQueryBuilder: builder,
    DeleteQueryBuilder: builder,
    TransactionBuilder: {
      shares: true,
      methods: {
        setIsolationLevel: { gives: "this" },
        setAccessMode: { gives: "this" },
        execute: { acquires: "lease", during: 0, passes: { 0: ["Transaction"] } },
      },
    },
    ConnectionBuilder: { shares: true, methods: { execute: { acquires: "lease", during: 0 } } },
    ControlledTransactionBuilder: {
      shares: true,
      methods: {
        setIsolationLevel: { gives: "this" },
        setAccessMode: { gives: "this" },
        execute: { resolves: "ControlledTransaction", acquires: "lease" },
      },
    },
    Transaction: {},
    ControlledTransaction: {
      extends: ["Transaction"],
      methods: { commit: { releases: "receiver" }, rollback: { releases: "receiver" } },
    },
  },
};
