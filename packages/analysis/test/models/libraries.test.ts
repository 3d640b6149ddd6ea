import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, test } from "vitest";
import { catalogOf } from "../../src/models/catalog.ts";
import { libraries } from "../../src/models/libraries.ts";
import { resourcesOf } from "../../src/resources/resources.ts";
import { findAll } from "../../src/source/walk.ts";
import { openFile } from "../open-file.ts";

const catalog = catalogOf(libraries);

const LEASE = { acquires: "lease" };
const FREES = { releases: "receiver", again: "frees" };
const BLOCKS = { blocks: "connection" };
/** It takes nothing of its own. */
const HELD = {};

function probe(code: string): { readonly names: unknown[]; readonly calls: unknown[] } {
  const file = openFile(code);
  const resources = resourcesOf(file, catalog);
  const isProbe = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    node.type === T.CallExpression && node.callee.type === T.Identifier && node.callee.name === "probe";
  const parts = findAll(file.ast, isProbe).flatMap((call) => call.arguments);
  return { names: parts.map((part) => resources.of(part)), calls: parts.map((part) => resources.call(part)) };
}

describe("without types, an expression is", () => {
  test.for<[string, string[]]>([
    [
      `import express from "express"; const app = express(); app.get("/", check, (req, res) => probe(req, res));`,
      ["express.Request", "express.Response"],
    ],
    [
      `const express = require("express"); express.Router().route("/").post((req, res, next) => probe(res));`,
      ["express.Response"],
    ],
    [
      `import { Router, type Response } from "express"; function f(res: Response) { probe(res, res.socket); }`,
      ["express.Response", "net.Socket"],
    ],
    [
      `import fastify from "fastify"; fastify().get("/", {}, async (request, reply) => probe(request.raw, reply.raw));`,
      ["http.IncomingMessage", "http.ServerResponse"],
    ],
    [
      `import Koa from "koa"; const app = new Koa(); app.use(async (ctx, next) => probe(ctx.req, ctx.res));`,
      ["http.IncomingMessage", "http.ServerResponse"],
    ],
    [`import Router from "@koa/router"; new Router().get("/", (ctx) => probe(ctx.res));`, ["http.ServerResponse"]],
    [
      `import https from "node:https"; https.createServer((req, res) => probe(res)); function f(s: https.Server) { probe(s); }`,
      ["http.ServerResponse", "https.Server"],
    ],
    [
      `import { WebSocketServer } from "ws"; new WebSocketServer({ port: 0 }).on("connection", (ws, req) => probe(ws, req));`,
      ["ws.WebSocket", "http.IncomingMessage"],
    ],
    [
      `import pg from "pg"; const pool = new pg.Pool(); const client = await pool.connect(); probe(pool, client);`,
      ["pg.Pool", "pg.PoolClient"],
    ],
    [
      `import mysql from "mysql2/promise"; const c = await mysql.createPool({}).getConnection(); probe(c);`,
      ["mysql2.PoolConnection"],
    ],
    [
      `import { chromium } from "playwright"; const page = await (await chromium.launch()).newPage(); probe(page);`,
      ["playwright-core.Page"],
    ],
    [
      `import type { Page } from "@playwright/test"; function f(page: Page) { probe(page); }`,
      ["@playwright/test.Page"],
    ],
    [
      `import puppeteer from "puppeteer"; const browser = await puppeteer.launch(); probe(await browser.newPage());`,
      ["puppeteer-core.Page"],
    ],
    [`import { request } from "undici"; const { body } = await request("/"); probe(body);`, ["undici.BodyReadable"]],
    [`import { Worker } from "bullmq"; new Worker("mail", async (job) => probe(job));`, ["bullmq.Job"]],
    [`import Redis from "ioredis"; const redis = new Redis(); probe(redis.duplicate());`, ["ioredis.Redis"]],
    [
      `import Redis from "ioredis"; class A { constructor(private readonly redis: Redis) {} f() { probe(this.redis); } }`,
      ["ioredis.Redis"],
    ],
    [
      `import type { ServerWritableStream } from "@grpc/grpc-js"; function f(call: ServerWritableStream<A, B>) { probe(call); }`,
      ["@grpc/grpc-js.ServerWritableStream"],
    ],
  ])("%s", ([code, expected]) => {
    expect(probe(code).names).toEqual(expected);
  });

  test("nothing, in a handler that gets the error first", () => {
    const code = `import express from "express"; express().use((error, request, response, next) => probe(error, request, response));`;
    expect(probe(code).names).toEqual([undefined, undefined, undefined]);
  });
});

describe("without types, a call", () => {
  test.for<[string, object]>([
    [`import pLimit from "p-limit"; const limit = pLimit(2); probe(limit(work));`, { acquires: "permit", during: 0 }],
    [
      `import pLimit from "p-limit"; class A { limit = pLimit(2); f() { probe(this.limit(work)); } }`,
      { acquires: "permit", during: 0 },
    ],
    [
      `import PQueue from "p-queue"; const queue = new PQueue(); probe(queue.add(work));`,
      { acquires: "permit", during: 0 },
    ],
    [`import PQueue from "p-queue"; probe(new PQueue().onIdle());`, { idle: true }],
    [`import { Mutex } from "async-mutex"; probe(new Mutex().acquire());`, { acquires: "lock", releaser: "result" }],
    [
      `import AsyncLock from "async-lock"; probe(new AsyncLock().acquire("key", work));`,
      { acquires: "lock", key: 0, during: 1 },
    ],
    [
      `import { createPool } from "generic-pool"; const pool = createPool(factory, { max: 2 }); probe(pool.release(it));`,
      { releases: "argument" },
    ],
    [
      `import { Pool } from "pg"; const client = await new Pool().connect(); probe(client.release());`,
      { releases: "receiver" },
    ],
    [`import knex from "knex"; probe(knex({}).transaction(work));`, { acquires: "lease", during: 0 }],
    [`probe(Atomics.wait(cells, 0, 0));`, { blocks: "thread" }],
    [`import { execSync } from "child_process"; probe(execSync("true"));`, { blocks: "thread" }],
    [`import { createClient } from "redis"; probe(createClient().blPop("queue", 0));`, { blocks: "connection" }],
    [`probe(fetch("/"));`, { resolves: "global.Response", body: true }],
    [`const response = await fetch("/"); probe(response.clone().text());`, { consumes: true }],
    [
      `import { S3 } from "@aws-sdk/client-s3"; const o = await new S3({}).getObject({}); probe(o.Body.transformToString());`,
      { consumes: true },
    ],
    [
      `import type { Page } from "playwright"; function f(page: Page) { probe(page.waitForEvent("popup")); }`,
      { awaits: "argument" },
    ],
  ])("%s", ([code, expected]) => {
    expect(probe(code).calls).toEqual([expect.objectContaining(expected)]);
  });

  test.for<[string, object | undefined]>([
    // Templates.
    [`import postgres from "postgres"; const sql = postgres(); probe(sql\`select 1\`);`, LEASE],
    [`import postgres from "postgres"; const sql = postgres(); probe(sql("name"));`, undefined],
    [`import postgres from "postgres"; postgres().begin((sql) => probe(sql\`select 1\`));`, undefined],
    [`import postgres from "postgres"; const sql = await postgres().reserve(); probe(sql.release());`, FREES],
    // Members of any name.
    [`import { PrismaClient } from "@prisma/client"; probe(new PrismaClient().order.create({}));`, LEASE],
    [`import { PrismaClient } from "@prisma/client"; probe(new PrismaClient().$queryRaw\`select 1\`);`, LEASE],
    [
      `import { PrismaClient } from "@prisma/client"; new PrismaClient().$transaction((tx) => probe(tx.order.create({})));`,
      undefined,
    ],
    [
      `import { DataSource } from "typeorm"; probe(new DataSource({}).getRepository("a").createQueryBuilder().where("x").getMany());`,
      LEASE,
    ],
    // What is told to use what is held.
    [`import knex from "knex"; probe(knex({})("orders"));`, LEASE],
    [
      `import knex from "knex"; const q = knex({}); probe(q("orders"), q("orders").transacting(t), q("orders").where({}).transacting(t));`,
      LEASE,
    ],
    [`import { DataSource } from "typeorm"; probe(new DataSource({}).query("select 1", [], runner));`, HELD],
    [
      `import { DataSource } from "typeorm"; probe(new DataSource({}).createQueryBuilder().setQueryRunner(runner).where("x").getMany());`,
      HELD,
    ],
    [`import { Sequelize } from "sequelize"; probe(new Sequelize("").query("select 1"));`, LEASE],
    [`import { Sequelize } from "sequelize"; probe(new Sequelize("").query("select 1", { transaction }));`, HELD],
    [`import { Sequelize } from "sequelize"; probe(new Sequelize("").query("select 1", options));`, HELD],
    [
      `import { Sequelize } from "sequelize"; const options = { raw: true }; probe(new Sequelize("").query("select 1", options));`,
      LEASE,
    ],
    [`import { Sequelize } from "sequelize"; probe(new Sequelize("").query(...statement));`, HELD],
    [
      `import { Sequelize } from "sequelize"; probe(new Sequelize("").transaction(work));`,
      { ...LEASE, during: "last" },
    ],
    [
      `import { Sequelize, Model } from "sequelize"; class Order extends Model {} probe(Order.update({}, {}, { transaction }));`,
      LEASE,
    ],
    [
      `import { Model } from "sequelize"; class Base extends Model {} class Order extends Base {} probe(Order.update({}, { transaction }));`,
      HELD,
    ],
    // Options.
    [`probe(navigator.locks.request("a", work));`, { acquires: "lock", key: 0 }],
    [`probe(navigator.locks.request(name, { mode: "shared" }, work));`, { acquires: "lock" }],
    [`probe(navigator.locks.request("a", { ifAvailable: true }, work));`, HELD],
    [`probe(navigator.locks.request("a", options, work));`, HELD],
    [`import AsyncLock from "async-lock"; probe(new AsyncLock({ domainReentrant: true }));`, HELD],
    [`import Redis from "ioredis"; probe(new Redis().xread("BLOCK", 0, "STREAMS", "a", "$"));`, BLOCKS],
    [`import Redis from "ioredis"; probe(new Redis().xread("STREAMS", "a", "0"));`, HELD],
    [`import { createClient } from "redis"; probe(createClient().xRead([], { BLOCK: 0 }));`, BLOCKS],
    [`import { createClient } from "redis"; probe(createClient().xRead([], { COUNT: 1 }));`, HELD],
    [`import axios from "axios"; probe(axios.get("/", { responseType: "stream" }));`, { body: true }],
    [`import axios from "axios"; probe(axios.create().get("/", { responseType: "json" }));`, HELD],
    // The function is not always at the same place.
    [
      `import Bottleneck from "bottleneck"; probe(new Bottleneck().schedule({ priority: 1 }, work));`,
      { during: "function" },
    ],
    [`import { Pool } from "tarn"; probe(new Pool({ max: 1 }).acquire());`, { ...LEASE, promise: "promise" }],
    [`import PQueue from "p-queue"; probe(new PQueue().onEmpty());`, { idle: "queued" }],
  ])("%s", ([code, expected]) => {
    const [call, ...joined] = probe(code).calls;
    const acquires = ["acquires", "during", "key", "releaser", "starts", "permits", "blocks", "body"];
    if (expected === undefined) expect(call).toBeUndefined();
    else if (expected === HELD) expect(Object.keys(call as object).filter((key) => acquires.includes(key))).toEqual([]);
    else expect(call).toMatchObject(expected);
    for (const one of joined) expect(one).not.toHaveProperty("acquires");
  });

  test.for<[string, boolean]>([
    [`new Redis()`, true],
    [`new Redis("redis://127.0.0.1", { db: 1 })`, true],
    [`new Redis(plain)`, true],
    [`new Redis({ lazyConnect: true })`, false],
    [`new Redis(lazy)`, false],
    [`new Redis(retry)`, true],
    [`new Redis({ ...plain })`, false],
    [`new Redis(unknown)`, false],
  ])("%s starts something: %s", ([code, starts]) => {
    const { names, calls } = probe(
      `import { Redis } from "ioredis"; const plain = { db: 1 }, lazy = { lazyConnect: true }; function retry() {} probe(${code});`,
    );
    expect(names).toEqual(["ioredis.Redis"]);
    expect(calls.map((call) => "starts" in (call as object))).toEqual([starts]);
  });
});
