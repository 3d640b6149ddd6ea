import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, test } from "vitest";
import { catalogOf } from "../../src/models/catalog.ts";
import { libraries } from "../../src/models/libraries.ts";
import { resourcesOf } from "../../src/resources/resources.ts";
import { findAll } from "../../src/source/walk.ts";
import { openFile } from "../open-file.ts";

const catalog = catalogOf(libraries);

/** The resources that the arguments of `probe(…)` are, in order. */
function probes(code: string): (string | undefined)[] {
  const file = openFile(code);
  const resources = resourcesOf(file, catalog);
  const isProbe = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    node.type === T.CallExpression && node.callee.type === T.Identifier && node.callee.name === "probe";
  return findAll(file.ast, isProbe).flatMap(({ arguments: parts }) => parts.map((part) => resources.of(part)));
}

describe("what an expression is", () => {
  test.for<[string, string, string[]]>([
    ["an imported maker", `import { spawn } from "node:child_process"; const c = spawn("x"); probe(c, c.stdout);`, ["child_process.ChildProcess", "stream.Readable"]],
    ["a namespace", `import * as cp from "child_process"; probe(cp.spawn("x").stdin);`, ["stream.Writable"]],
    ["a default import of a module", `import http from "node:http"; probe(http.createServer().listen(0));`, ["http.Server"]],
    ["CommonJS", `const { once } = require("events"), net = require("net"); const s = net.connect(1); probe(s);`, ["net.Socket"]],
    ["destructured", `import { spawn } from "child_process"; const { stdout: out } = spawn("x"); probe(out);`, ["stream.Readable"]],
    ["parameters of a handler", `import http from "http"; http.createServer((req, res) => probe(req, res, res.socket));`, ["http.IncomingMessage", "http.ServerResponse", "net.Socket"]],
    ["a handler by name", `import http from "http"; http.createServer(handle); function handle(_, res) { probe(res); }`, ["http.ServerResponse"]],
    ["a handler of an event", `import http from "http"; const s = http.createServer(); s.on("request", (q, r) => probe(r));`, ["http.ServerResponse"]],
    ["an annotation", `import type { ServerResponse } from "node:http"; function f(res: ServerResponse | null) { probe(res); }`, ["http.ServerResponse"]],
    ["a qualified annotation", `import * as http from "node:http"; function f(res: http.ServerResponse) { probe(res); }`, ["http.ServerResponse"]],
    ["a global type", `function f(s: AbortSignal, w: NodeJS.WritableStream) { probe(s, w); }`, ["global.AbortSignal", "global.NodeJS.WritableStream"]],
    ["a field", `import net from "net"; class A { #s = net.connect(1); f() { probe(this.#s); } }`, ["net.Socket"]],
    ["a parameter property", `import type { Socket } from "net"; class A { constructor(private readonly s: Socket) {} f() { probe(this.s); } }`, ["net.Socket"]],
    ["a field set in the constructor", `import { spawn } from "child_process"; class A { constructor() { this.c = spawn("x"); } f() { probe(this.c.stderr); } }`, ["stream.Readable"]],
    ["a subclass and its this", `import { EventEmitter } from "events"; class A extends EventEmitter { f() { probe(this); } } probe(new A());`, ["events.EventEmitter", "events.EventEmitter"]],
    ["set later", `import http from "http"; let s; beforeEach(() => { s = http.createServer(); }); probe(s);`, ["http.Server"]],
    ["returned by a function", `import { spawn } from "child_process"; const run = () => spawn("x"); probe(run());`, ["child_process.ChildProcess"]],
    ["the process", `import { stdin } from "node:process"; probe(process.stdout, stdin, process);`, ["process.StandardOutput", "stream.Readable", "process.Process"]],
    ["an alias", `import { Writable } from "stream"; const a = new Writable(); const b = a; probe(b as never);`, ["stream.Writable"]],
  ])("%s", ([, code, expected]) => {
    expect(probes(code)).toEqual(expected);
  });

  test.for<[string, string]>([
    ["a name that only looks like it", `const spawn = () => ({}); probe(spawn("x").stdout);`],
    ["a shadowed import", `import { spawn } from "child_process"; function f(spawn) { probe(spawn("x")); }`],
    ["one of two", `import { Writable, Readable } from "stream"; let s = new Writable(); s = new Readable(); probe(s);`],
    ["a parameter", `function f(res) { probe(res); }`],
    ["a type of one's own", `interface ServerResponse { end(): void } function f(res: ServerResponse) { probe(res); }`],
    ["itself", `let a = a; const b = b.c; probe(a, b);`],
  ])("silent: %s", ([, code]) => {
    expect(probes(code).filter((name) => name !== undefined)).toEqual([]);
  });
});
