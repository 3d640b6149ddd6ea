import { describe, expect, test } from "vitest";
import { libraries } from "../../src/models/libraries.ts";
import type { LibraryModel } from "../../src/models/model.ts";
import { assertReferences } from "../../src/models/references.ts";
import { openDeclarations } from "./declarations.ts";
import { disprove } from "./disprove.ts";
import { exceptions, undeclared } from "./exceptions.ts";

const declarations = openDeclarations();

function faultsOf(model: LibraryModel): string[] {
  return disprove(model, libraries, declarations, exceptions).map((fault) => `${model.modules[0] ?? ""}: ${fault}`);
}

describe("a model says what the declarations of the installed package say", () => {
  test.each(libraries.map((model) => [model.modules.join(), model] as const))("%s", (_, model) => {
    expect(faultsOf(model).filter((fault) => !(fault in undeclared))).toEqual([]);
  });

  test("what is excepted is really not declared", () => {
    const faults = libraries.flatMap(faultsOf);
    expect(Object.keys(undeclared).filter((fault) => !faults.includes(fault))).toEqual([]);
  });
});

test("each kind and each resource that our models name is described", () => {
  expect(() => {
    assertReferences(libraries, "libraries");
  }).not.toThrow();
});

describe("a wrong model is found out", () => {
  const node = { modules: ["child_process"] };
  test.for<[fault: string, model: LibraryModel]>([
    ["spwan is no export", { ...node, makes: { spwan: { gives: "ChildProcess" } } }],
    ["spawn does not give http.Server", { ...node, makes: { spawn: { gives: "http.Server" } } }],
    [
      "exec has no option concurrency in argument 1",
      { ...node, makes: { exec: { permits: { argument: 1, property: "concurrency" } } } },
    ],
    [
      "createServer passes no net.Socket at last, 0",
      { modules: ["http"], makes: { createServer: { passes: { last: ["net.Socket"] } } } },
    ],
    [
      "fetch does not resolve to global.AbortSignal",
      { modules: ["global"], makes: { fetch: { resolves: "AbortSignal" } } },
    ],
    ["process is no stream.Readable", { modules: ["global"], values: { process: "stream.Readable" } }],
    ["child_process.Child is no type", { ...node, resources: { Child: {} } }],
    [
      "child_process.ChildProcess does not extend stream.Readable",
      { ...node, resources: { ChildProcess: { extends: ["stream.Readable"] } } },
    ],
    [
      "child_process.ChildProcess.stout is no member",
      { ...node, resources: { ChildProcess: { properties: { stout: "stream.Readable" } } } },
    ],
    [
      "child_process.ChildProcess.stdin is no stream.Readable",
      { ...node, resources: { ChildProcess: { properties: { stdin: "stream.Readable" } } } },
    ],
    [
      "child_process.ChildProcess.stop is no member",
      { ...node, resources: { ChildProcess: { methods: { stop: { starts: ["exit"] } } } } },
    ],
    [
      "child_process.ChildProcess.kill() returns no promise",
      { ...node, resources: { ChildProcess: { methods: { kill: { idle: true } } } } },
    ],
    [
      "child_process.ChildProcess exit: ended is no member",
      { ...node, resources: { ChildProcess: { events: { exit: { state: ["ended"] } } } } },
    ],
    [
      "global.AbortController has no events",
      { modules: ["global"], resources: { AbortController: { events: { abort: {} } } } },
    ],
    [
      "async-mutex.Mutex.release() resolves to no function that gives back",
      { modules: ["async-mutex"], resources: { Mutex: { methods: { release: { releaser: "result" } } } } },
    ],
    [
      "async-mutex.Mutex.release() runs no function",
      { modules: ["async-mutex"], resources: { Mutex: { methods: { release: { during: 0 } } } } },
    ],
    ["navigator.locks is no global.LockManger", { modules: ["global"], values: { "navigator.locks": "LockManger" } }],
    [
      "global.LockManager.request() has no option mood",
      { modules: ["global"], resources: { LockManager: { methods: { request: { unless: ["mood"] } } } } },
    ],
    [
      "ioredis.Redis.xread() has no option BLOK",
      { modules: ["ioredis"], resources: { Redis: { methods: { xread: { when: { BLOK: "*" } } } } } },
    ],
    [
      "knex.Knex.QueryBuilder.transacting() has no option  in argument 1",
      {
        modules: ["knex"],
        resources: { "Knex.QueryBuilder": { methods: { transacting: { joins: { argument: 1 } } } } },
      },
    ],
    [
      "sequelize.Sequelize.query() has no option trx in argument 1",
      {
        modules: ["sequelize"],
        resources: { Sequelize: { methods: { query: { joins: { argument: 1, property: "trx" } } } } },
      },
    ],
    [
      "tarn.Pool.acquire() gives nothing with the promise pending",
      { modules: ["tarn"], resources: { Pool: { methods: { acquire: { promise: "pending" } } } } },
    ],
    [
      "default has no option poolsize",
      { modules: ["postgres"], makes: { default: { permits: { property: "poolsize" } } } },
    ],
    [
      "bottleneck.Bottleneck.stop() runs no function",
      { modules: ["bottleneck"], resources: { Bottleneck: { methods: { stop: { during: "function" } } } } },
    ],
    [
      "tarn.PendingOperation.@@tag() cannot be called",
      { modules: ["tarn"], resources: { PendingOperation: { methods: { "@@tag": {} } } } },
    ],
    ["pipeline is no type", { modules: ["stream"], declaredBy: "node", types: { pipeline: "Duplex" } }],
    ["no-such-package is not in installed/modules.ts", { modules: ["no-such-package"] }],
    [
      "Archiver.finish is no member",
      {
        modules: ["archiver"],
        exports: { ZipArchive: { role: "lazy", kind: "Archiver" } },
        kinds: { Archiver: { reads: true, members: { finish: { role: "wait" } }, otherwise: { role: "neutral" } } },
      },
    ],
  ])("%s", ([fault, model]) => {
    expect(disprove(model, libraries, declarations, exceptions)).toContain(fault);
  });
});
