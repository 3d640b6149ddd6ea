import type { Exceptions } from "./disprove.ts";

/** What no declaration says, and why it is modelled. */
export const exceptions: Exceptions = {
  unnamed: new Set([
    // NodeJS.Process and NodeJS.WriteStream, which are declared for everybody.
    "process.Process",
    "process.StandardOutput",
    // A stream with a property more.
    "busboy.File",
    // A stream with three methods more.
    "@aws-sdk/client-s3.Body",
    // Generated for each schema.
    "@prisma/client.PrismaClient",
    "@prisma/client.Prisma.TransactionClient",
    "@prisma/client.Delegate",
    // The class itself, of which there is no name: `typeof BaseEntity`.
    "typeorm.BaseEntityClass",
    "sequelize.ModelClass",
    // What has a property for each table.
    "drizzle-orm.Queries",
    // An entity manager that was forked has the same type.
    "@mikro-orm/core.Fork",
  ]),
  partial: new Set([
    "global.NodeJS.ReadableStream",
    "global.NodeJS.WritableStream",
    "global.NodeJS.ReadWriteStream",
    "global.NodeJS.EventEmitter",
  ]),
  alike: new Set([
    ".prisma",
    "@mikro-orm/mariadb",
    "@mikro-orm/mssql",
    "@mikro-orm/mysql",
    "@mikro-orm/postgresql",
    "@playwright/test",
    "koa-router",
    "minipass-fetch",
    "playwright",
    "playwright-chromium",
    "puppeteer",
    "sequelize-typescript",
    "unzip",
    "unzip-stream",
  ]),
};

/** What is so although no declaration says it, by the first module of its model, with the reason. */
export const undeclared: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["@@call", "request", "get", "post", "put", "patch", "delete", "options"].map((name) => [
      `axios: axios.AxiosInstance.${name}() does not resolve to axios.AxiosResponse`,
      "it does if its type parameters are left as they are",
    ]),
  ),
  "readline: readline.Interface close: closed is no member": "it is there, not documented",
  "worker_threads: worker_threads.MessagePort does not extend events.EventEmitter":
    "it has the methods of one: NodeEventTarget",
  "archiver: default cannot be called": "archiver before 8",
  "archiver: create is no export": "archiver before 8",
  "archiver: * cannot be called": "archiver before 8",
  "multiparty: multiparty.Form does not extend stream.Writable": "the source says so",
  "tar-stream: tar-stream.Extract does not extend stream.Writable": "streams of streamx, which behave like Node's",
  "tar-stream: tar-stream.Entry is no type": "its old name in @types/tar-stream",
  "@playwright/test: test is no export": "the runner around Playwright, not installed here",
  "@playwright/test: test is no @playwright/test.TestType": "not installed here",
  "@playwright/test: @playwright/test.TestType is no type": "not installed here",
  "@playwright/test: @playwright/test.PlaywrightTestArgs is no type": "not installed here",
  "sequelize: default cannot be called": "the module is the class, which its declarations leave out",
  "sequelize: * cannot be called": "the module is the class",
  "typeorm: getConnection is no export": "typeorm before 1",
  "typeorm: createConnection is no export": "typeorm before 1",
  "typeorm: getManager is no export": "typeorm before 1",
  "typeorm: getRepository is no export": "typeorm before 1",
  "bull: bull is not in installed/modules.ts": "the forerunner of BullMQ, not installed here",
  "bull: default is no export": "not installed here",
  "bull: * is no export": "not installed here",
  "bull: bull.Job is no type": "not installed here",
  "bull: bull.Queue is no type": "not installed here",
  "knex: PrismaClient is no export": "generated for each schema",
  "@prisma/client: PrismaClient is no export": "generated for each schema",
  "@prisma/client: default.PrismaClient is no export": "generated for each schema",
};
