/**
 * Every module that is modelled, as it is installed. `../real-types.test.ts` holds the models to these declarations; a
 * module of a model that is missing here is reported.
 */
export interface RealModules {
  "@aws-sdk/client-s3": typeof import("@aws-sdk/client-s3");
  "@aws-sdk/lib-storage": typeof import("@aws-sdk/lib-storage");
  "@grpc/grpc-js": typeof import("@grpc/grpc-js");
  "@fastify/busboy": typeof import("@fastify/busboy");
  "@koa/router": typeof import("@koa/router");
  "@prisma/client": typeof import("@prisma/client");
  "@redis/client": typeof import("@redis/client");
  archiver: typeof import("archiver");
  assert: typeof import("node:assert");
  "assert/strict": typeof import("node:assert/strict");
  "async-lock": typeof import("async-lock");
  "async-mutex": typeof import("async-mutex");
  bottleneck: typeof import("bottleneck");
  bullmq: typeof import("bullmq");
  busboy: typeof import("busboy");
  child_process: typeof import("node:child_process");
  console: typeof import("node:console");
  "cross-fetch": typeof import("cross-fetch");
  crypto: typeof import("node:crypto");
  events: typeof import("node:events");
  execa: typeof import("execa");
  express: typeof import("express");
  fastify: typeof import("fastify");
  fs: typeof import("node:fs");
  "generic-pool": typeof import("generic-pool");
  http: typeof import("node:http");
  http2: typeof import("node:http2");
  https: typeof import("node:https");
  ioredis: typeof import("ioredis");
  kafkajs: typeof import("kafkajs");
  knex: typeof import("knex");
  koa: typeof import("koa");
  mongoose: typeof import("mongoose");
  multiparty: typeof import("multiparty");
  mysql2: typeof import("mysql2");
  "mysql2/promise": typeof import("mysql2/promise");
  net: typeof import("node:net");
  "node-fetch": typeof import("node-fetch");
  "p-limit": typeof import("p-limit");
  "p-map": typeof import("p-map");
  "p-queue": typeof import("p-queue");
  pg: typeof import("pg");
  "playwright-core": typeof import("playwright-core");
  process: typeof import("node:process");
  "puppeteer-core": typeof import("puppeteer-core");
  readline: typeof import("node:readline");
  "readline/promises": typeof import("node:readline/promises");
  redis: typeof import("redis");
  rxjs: typeof import("rxjs");
  stream: typeof import("node:stream");
  "stream/promises": typeof import("node:stream/promises");
  "stream/web": typeof import("node:stream/web");
  superagent: typeof import("superagent");
  tailrace: typeof import("tailrace");
  "tar-stream": typeof import("tar-stream");
  tls: typeof import("node:tls");
  undici: typeof import("undici");
  unzipper: typeof import("unzipper");
  util: typeof import("node:util");
  worker_threads: typeof import("node:worker_threads");
  ws: typeof import("ws");
  zlib: typeof import("node:zlib");
}
