import { join } from "node:path";
import { parseForESLint } from "@typescript-eslint/parser";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import ts from "typescript";
import { expect, test } from "vitest";
import { catalogOf } from "../../src/models/catalog.ts";
import { libraries } from "../../src/models/libraries.ts";
import { resourcesOf } from "../../src/resources/resources.ts";
import { linkParents } from "../open-file.ts";
import type { SourceFile } from "../../src/source/source-file.ts";
import { findAll } from "../../src/source/walk.ts";

const FILE = join(import.meta.dirname, "file.ts");

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

test("what an expression is by its type: generic, extended, in a namespace", () => {
  const options: ts.CompilerOptions = {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    types: ["node"],
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options, true);
  const program = ts.createProgram([FILE], options, {
    ...host,
    fileExists: (name) => name === FILE || host.fileExists(name),
    getSourceFile: (name, version) =>
      name === FILE ? ts.createSourceFile(name, CODE, version, true) : host.getSourceFile(name, version),
  });
  const { ast, scopeManager, services } = parseForESLint(CODE, { programs: [program], filePath: FILE, range: true });
  if (!services.program) throw new Error("no types");
  linkParents(ast);
  const file = { ast, scopes: scopeManager, types: services } as unknown as SourceFile;
  const resources = resourcesOf(file, catalogOf(libraries));
  const isProbe = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    node.type === T.CallExpression && node.callee.type === T.Identifier && node.callee.name === "probe";
  const [probe] = findAll(file.ast, isProbe);
  expect(probe?.arguments.map((value) => resources.of(value))).toEqual([
    "http.ServerResponse",
    "http.ServerResponse",
    "express.Response",
    "knex.Knex.Transaction",
    "undici.Dispatcher.ResponseData",
    "undici.BodyReadable",
    undefined,
  ]);
});
