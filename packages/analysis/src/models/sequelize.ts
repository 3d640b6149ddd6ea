import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

type Methods = Readonly<Record<string, CallModel>>;

/** A query that takes a connection, unless its options say that it is part of a transaction. */
const query = (argument: number, resolves?: string): CallModel => ({
  acquires: "lease",
  during: "call",
  joins: { argument, property: "transaction" },
  ...(resolves === undefined ? {} : { resolves }),
});

const each = (names: string, call: CallModel): Methods =>
  Object.fromEntries(names.split(" ").map((name) => [name, call]));

const model: CallModel = { gives: "ModelClass" };

/**
 * Sequelize up to 6: a transaction has a connection of the pool for itself; a query is part of it only if its options
 * are given the transaction, each method's in a place of its own. (`useCLS` gives it to all of them.)
 */
export const sequelize: LibraryModel = {
  modules: ["sequelize", "sequelize-typescript"],
  values: { Model: "ModelClass", "default.Model": "ModelClass" },
  makes: Object.fromEntries(
    ["Sequelize", "default", "default.Sequelize", "*"].map((name) => [
      name,
      { gives: "Sequelize", permits: { property: "pool.max", default: 5 } },
    ]),
  ),
  resources: {
    Sequelize: {
      methods: {
        transaction: {
          resolves: "Transaction",
          acquires: "lease",
          during: "last",
          passes: { last: ["Transaction"] },
          joins: { argument: 0, property: "transaction" },
        },
        query: query(1),
        authenticate: query(0),
        define: model,
        model,
        close: { idle: true },
      },
    },
    Transaction: { methods: { commit: { releases: "receiver" }, rollback: { releases: "receiver" } } },
    ModelStatic: { extends: ["ModelClass"] },
    ModelClass: {
      shares: true,
      methods: {
        ...each(
          "findAll findAndCountAll count destroy restore truncate findOrCreate findCreateFind findOrBuild",
          query(0),
        ),
        ...each("update bulkCreate upsert increment decrement max min sum", query(1)),
        findOne: query(0, "Model"),
        findByPk: query(1, "Model"),
        create: query(1, "Model"),
        aggregate: query(2),
        build: { gives: "Model" },
        ...each("scope unscoped schema", model),
      },
    },
    Model: {
      shares: true,
      methods: {
        ...each("save reload", query(0, "Model")),
        ...each("destroy restore", query(0)),
        update: query(1, "Model"),
        ...each("increment decrement", query(1)),
      },
    },
  },
};
