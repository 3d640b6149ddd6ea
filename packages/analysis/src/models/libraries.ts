import { abort } from "./abort.ts";
import { archiver } from "./archiver.ts";
import { asyncLock } from "./async-lock.ts";
import { asyncMutex } from "./async-mutex.ts";
import { asyncSema } from "./async-sema.ts";
import { atomics } from "./atomics.ts";
import { awsS3, awsUpload } from "./aws-sdk.ts";
import { axios } from "./axios.ts";
import { bottleneck } from "./bottleneck.ts";
import { bull } from "./bull.ts";
import { bullmq } from "./bullmq.ts";
import { busboy } from "./busboy.ts";
import { childProcess } from "./child-process.ts";
import { crossFetch } from "./cross-fetch.ts";
import { drizzle, drizzleDrivers } from "./drizzle.ts";
import { events } from "./events.ts";
import { execa } from "./execa.ts";
import { express } from "./express.ts";
import { fastify } from "./fastify.ts";
import { platformFetch } from "./fetch.ts";
import { fileHandles } from "./file-handles.ts";
import { fs } from "./fs.ts";
import { genericPool } from "./generic-pool.ts";
import { got } from "./got.ts";
import { grpc } from "./grpc.ts";
import { http, http2 } from "./http.ts";
import { ioredis } from "./ioredis.ts";
import { kafkajs } from "./kafkajs.ts";
import { knex } from "./knex.ts";
import { koa, koaRouter } from "./koa.ts";
import { kysely } from "./kysely.ts";
import { mikroOrm } from "./mikro-orm.ts";
import type { LibraryModel } from "./model.ts";
import { multiparty } from "./multiparty.ts";
import { mysql, mysql2 } from "./mysql2.ts";
import { net, tls } from "./net.ts";
import { nodeFetch } from "./node-fetch.ts";
import { nodeConsumers, nodeStreams, nodeUtil } from "./node-streams.ts";
import { opossum } from "./opossum.ts";
import { pEvent } from "./p-event.ts";
import { pLimit } from "./p-limit.ts";
import { pMap } from "./p-map.ts";
import { pQueue } from "./p-queue.ts";
import { pg, pgPool } from "./pg.ts";
import { piscina } from "./piscina.ts";
import { playwright, playwrightTest } from "./playwright.ts";
import { postgresJs } from "./postgres-js.ts";
import { printing } from "./printing.ts";
import { prisma } from "./prisma.ts";
import { nodeInterfaces, nodeProcess } from "./process.ts";
import { puppeteer } from "./puppeteer.ts";
import { queryBuilders } from "./query-builders.ts";
import { readline } from "./readline.ts";
import { redis } from "./redis.ts";
import { rxjs } from "./rxjs.ts";
import { sequelize } from "./sequelize.ts";
import { tailrace } from "./tailrace.ts";
import { tarStream } from "./tar-stream.ts";
import { tarn } from "./tarn.ts";
import { typeorm } from "./typeorm.ts";
import { undici } from "./undici.ts";
import { unzipper } from "./unzipper.ts";
import { webLocks } from "./web-locks.ts";
import { webSockets } from "./web-sockets.ts";
import { webStreams } from "./web-streams.ts";
import { workerThreads } from "./worker-threads.ts";
import { ws } from "./ws.ts";

/** Everything that is known of libraries. Of two that speak of the same, the later one wins. */
export const libraries: readonly LibraryModel[] = [
  abort,
  childProcess,
  platformFetch,
  fileHandles,
  fs,
  http,
  http2,
  net,
  tls,
  nodeProcess,
  nodeInterfaces,
  readline,
  workerThreads,
  webStreams,
  webSockets,
  nodeConsumers,
  nodeStreams,
  events,
  nodeUtil,
  archiver,
  awsUpload,
  awsS3,
  busboy,
  multiparty,
  nodeFetch,
  tarStream,
  unzipper,
  pEvent,
  pLimit,
  pMap,
  pQueue,
  queryBuilders,
  rxjs,
  tailrace,
  asyncLock,
  asyncMutex,
  asyncSema,
  atomics,
  axios,
  bottleneck,
  bull,
  bullmq,
  crossFetch,
  drizzle,
  ...drizzleDrivers,
  execa,
  express,
  fastify,
  genericPool,
  got,
  grpc,
  ioredis,
  kafkajs,
  knex,
  koa,
  koaRouter,
  kysely,
  mikroOrm,
  mysql,
  mysql2,
  opossum,
  pg,
  pgPool,
  piscina,
  playwright,
  playwrightTest,
  postgresJs,
  prisma,
  puppeteer,
  redis,
  sequelize,
  tarn,
  typeorm,
  webLocks,
  undici,
  ws,
  printing,
];
