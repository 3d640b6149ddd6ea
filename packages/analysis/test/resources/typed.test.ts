import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { expect, test } from "vitest";
import { catalogOf } from "../../src/models/catalog.ts";
import { libraries } from "../../src/models/libraries.ts";
import type { CallModel } from "../../src/models/resource.ts";
import { resourcesOf } from "../../src/resources/resources.ts";
import { findAll } from "../../src/source/walk.ts";
import { openFileOf, programOf } from "../open-program.ts";

// Nothing but the types says what these are.
const CODE = `
import type { Response } from "express";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Knex } from "knex";
import type { Dispatcher } from "undici";

interface Reply<Body> extends ServerResponse<IncomingMessage> { readonly body: Body; }
declare const known: {
  readonly reply: Reply<string>;
  readonly generic: ServerResponse<IncomingMessage>;
  readonly response: Response<string>;
  readonly transaction: Knex.Transaction;
  readonly data: Dispatcher.ResponseData;
  readonly other: { write(): boolean };
};
probe(known.reply, known.generic, known.response, known.transaction, known.data, known.data.body, known.other);
declare function probe(...values: unknown[]): void;
`;

interface Answers {
  readonly names: readonly (string | undefined)[];
  readonly calls: readonly (CallModel | undefined)[];
}

function probe(code: string): Answers {
  const file = openFileOf(programOf({ "file.ts": code }), "file.ts");
  const resources = resourcesOf(file, catalogOf(libraries));
  const isProbe = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    node.type === T.CallExpression && node.callee.type === T.Identifier && node.callee.name === "probe";
  const given = findAll(file.ast, isProbe)[0]?.arguments ?? [];
  return { names: given.map((value) => resources.of(value)), calls: given.map((value) => resources.call(value)) };
}

test("what an expression is by its type: generic, extended, in a namespace", () => {
  expect(probe(CODE).names).toEqual([
    "http.ServerResponse",
    "http.ServerResponse",
    "express.Response",
    "knex.Knex.Transaction",
    "undici.Dispatcher.ResponseData",
    "undici.BodyReadable",
    undefined,
  ]);
});

// As they come out of other files: members of something declared.
const HOLDERS = `
import type { DataSource, EntityManager, Repository } from "typeorm";
import { BaseEntity } from "typeorm";
import type { ModelStatic, Sequelize } from "sequelize";
import { Model } from "sequelize";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Kysely, Transaction } from "kysely";
import type { EntityManager as Orm } from "@mikro-orm/core";
import type { Sql, TransactionSql } from "postgres";
import type { PoolConnection } from "mysql2/promise";
import type { PoolClient } from "pg";
import type { Pool } from "tarn";
import type { AxiosInstance } from "axios";
import type { Got } from "got";

class User extends Model {}
class Account extends BaseEntity {}
interface Tables { users: { id: number } }
declare const known: {
  source: DataSource; manager: EntityManager; repository: Repository<Account>; Account: typeof Account; account: Account;
  sequelize: Sequelize; User: typeof User; user: User; Any: ModelStatic<Model>; em: Orm;
  drizzle: NodePgDatabase<{}>; kysely: Kysely<Tables>; trx: Transaction<Tables>; sql: Sql; tx: TransactionSql;
  connection: PoolConnection; client: PoolClient; pool: Pool<string>; axios: AxiosInstance; got: Got;
};
probe(
`;

const HELD: [expression: string, name: string | undefined, call: CallModel | undefined][] = [
  ["known.source.createQueryRunner()", "typeorm.QueryRunner", { acquires: "lease" }],
  ["known.manager.save(1)", undefined, { acquires: "lease" }],
  ["known.repository.find()", undefined, { acquires: "lease" }],
  ["known.Account.find()", undefined, { acquires: "lease" }],
  ["known.account", "typeorm.BaseEntity", undefined],
  ["known.sequelize.transaction()", undefined, { acquires: "lease", resolves: "sequelize.Transaction" }],
  ["known.User", "sequelize.ModelClass", undefined],
  ["known.User.findOne({ where: {} })", undefined, { acquires: "lease" }],
  ["known.user", "sequelize.Model", undefined],
  ["known.user.save({ transaction: null })", undefined, { joins: { argument: 0, property: "transaction" } }],
  ["known.Any.count()", undefined, { acquires: "lease" }],
  ["known.em.fork()", "@mikro-orm/core.Fork", { gives: "@mikro-orm/core.Fork" }],
  ["known.drizzle.select()", undefined, { acquires: "lease" }],
  ["known.kysely.selectFrom('users').selectAll().execute()", undefined, { acquires: "lease", during: "call" }],
  ["known.trx", "kysely.Transaction", undefined],
  ["known.trx.transaction()", undefined, undefined],
  ["known.sql`select 1`", "postgres.PendingQuery", { acquires: "lease" }],
  ["known.tx`select 1`", "postgres.PendingQuery", undefined],
  ["known.connection.release()", undefined, { releases: "receiver", again: "frees" }],
  ["known.client.release()", undefined, { releases: "receiver", again: "fails" }],
  ["known.pool.acquire()", "tarn.PendingOperation", { acquires: "lease", promise: "promise" }],
  ["known.axios.get('/', { responseType: 'stream' })", undefined, { body: true }],
  ["known.got.stream('/')", "got.Request", { body: true }],
];

test("what is held, given back and joined, by types that other files declare", () => {
  const expressions = HELD.map(([expression]) => expression).join(", ");
  const { names, calls } = probe(`${HOLDERS}${expressions});\ndeclare function probe(...values: unknown[]): void;`);
  expect(HELD.map(([expression], index) => [expression, names[index], calls[index]])).toEqual(
    HELD.map(([expression, name, call]) => [expression, name, call && (expect.objectContaining(call) as unknown)]),
  );
});
