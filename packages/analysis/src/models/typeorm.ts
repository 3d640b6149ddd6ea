import type { LibraryModel } from "./model.ts";
import type { CallModel } from "./resource.ts";

type Methods = Readonly<Record<string, CallModel>>;

const query: CallModel = { acquires: "lease", during: "call" };
const transaction: CallModel = { acquires: "lease", during: "last", passes: { last: ["EntityManager"] } };
const repository: CallModel = { gives: "Repository" };

const each = (names: string, call: CallModel): Methods =>
  Object.fromEntries(names.split(" ").map((name) => [name, call]));

const WRITES = "save remove softRemove recover insert update upsert delete increment decrement clear query";
const READS = "find findBy findAndCount findAndCountBy findOne findOneBy findOneOrFail findOneByOrFail";
const COUNTS = "exists existsBy count countBy sum average minimum maximum";
const queries: Methods = each(`${WRITES} ${READS} ${COUNTS} preload softDelete restore`, query);

/** A builder of queries, which may be told to use a connection that is held already. */
const builder = (argument: number): CallModel => ({ gives: "SelectQueryBuilder", joins: { argument } });
const TERMINALS =
  "getMany getOne getOneOrFail getManyAndCount getRawMany getRawOne getRawAndEntities getCount getExists";

/**
 * TypeORM: a transaction has a connection of the pool for itself, and so has a query runner until its `release()`. What
 * is not reached through them takes another one: repositories of the data source, and classes that are active records.
 */
export const typeorm: LibraryModel = {
  modules: ["typeorm"],
  values: { BaseEntity: "BaseEntityClass" },
  makes: {
    DataSource: { gives: "DataSource", permits: { argument: 0, property: "poolSize", default: 10 } },
    // Until 0.3.
    getConnection: { gives: "DataSource" },
    createConnection: { resolves: "DataSource" },
    getManager: { gives: "EntityManager" },
    getRepository: repository,
  },
  resources: {
    DataSource: {
      properties: { manager: "EntityManager" },
      methods: {
        transaction,
        query: { ...query, joins: { argument: 2 } },
        initialize: { resolves: "DataSource" },
        getRepository: repository,
        getTreeRepository: repository,
        createEntityManager: { gives: "EntityManager" },
        createQueryBuilder: builder(2),
        createQueryRunner: { gives: "QueryRunner", acquires: "lease" },
        destroy: { idle: true },
      },
    },
    QueryRunner: {
      properties: { manager: "EntityManager" },
      methods: { release: { releases: "receiver" } },
    },
    EntityManager: {
      shares: true,
      properties: { dataSource: "DataSource", queryRunner: "QueryRunner" },
      methods: {
        ...queries,
        transaction,
        getRepository: repository,
        getTreeRepository: repository,
        withRepository: repository,
        createQueryBuilder: builder(2),
      },
    },
    Repository: {
      shares: true,
      properties: { manager: "EntityManager" },
      methods: { ...queries, createQueryBuilder: builder(1), extend: { gives: "this" } },
    },
    TreeRepository: {
      extends: ["Repository"],
      methods: each("findTrees findRoots findDescendants findAncestors", query),
    },
    SelectQueryBuilder: {
      shares: true,
      methods: {
        "*": { gives: "this" },
        ...each(`${TERMINALS} execute stream`, query),
        setQueryRunner: { gives: "this", joins: { argument: 0 } },
      },
    },
    BaseEntity: { shares: true, methods: each("save remove softRemove recover reload", query) },
    BaseEntityClass: {
      shares: true,
      methods: { ...queries, getRepository: repository, createQueryBuilder: { gives: "SelectQueryBuilder" } },
    },
  },
};
