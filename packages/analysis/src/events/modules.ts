import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import type { Origin } from "../source/origin.ts";
import { sourceFileOf } from "../source/program-files.ts";
import { variableLookup } from "../source/source-file.ts";
import type { SourceFile } from "../source/source-file.ts";
import { lookUp } from "../values/environment.ts";
import type { ModuleAtom, Value } from "../values/value.ts";
import { valueOf } from "./evaluate.ts";
import type { Frame } from "./frame.ts";
import { runFile } from "./interpret.ts";
import { api } from "./run.ts";
import type { Run } from "./run.ts";

/** The files of the program that the analysed file uses, each run once for what its names stand for. */
export interface Modules {
  readonly files: Map<ts.Node, Module | undefined>;
  readonly symbols: Map<TSESTree.Node, ts.Symbol | undefined>;
  readonly atoms: Map<ts.Symbol, ModuleAtom>;
}

export interface Module {
  readonly run: Run;
  /** Of the file's own code. */
  readonly frame: Frame;
}

export function noModules(): Modules {
  return { files: new Map(), symbols: new Map(), atoms: new Map() };
}

/** Makes the analysed file known to those that import it. */
export function addModule({ files }: Modules, { ast, types }: SourceFile, module: Module): void {
  if (types) files.set(types.esTreeNodeToTSNodeMap.get(ast), module);
}

/** What is imported, by its local name or by the specifier of the whole module. */
export function imported(run: Run, file: SourceFile, origin: Origin, node: TSESTree.Node | undefined): Value {
  // What we have a model of needs no source, and nothing else tells whose it is.
  const symbol = node && !run.catalog.knows(origin.module) ? symbolAt(run.modules, file, node) : undefined;
  const value = symbol ? valueOfSymbol(run, symbol) : [];
  return value.length > 0 ? value : api(run, origin);
}

/** `module.name` */
export function exported(run: Run, { types }: SourceFile, { symbol }: ModuleAtom, name: string): Value {
  const checker = types?.program.getTypeChecker();
  const member = checker?.tryGetMemberInModuleExports(name, symbol);
  return checker && member ? valueOfSymbol(run, original(checker, member)) : [];
}

function symbolAt({ symbols }: Modules, { types }: SourceFile, node: TSESTree.Node): ts.Symbol | undefined {
  if (!types?.parse) return undefined;
  if (!symbols.has(node)) {
    const checker = types.program.getTypeChecker();
    const location = types.esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
    const symbol = location && checker.getSymbolAtLocation(location);
    symbols.set(node, symbol && original(checker, symbol));
  }
  return symbols.get(node);
}

// ts.SymbolFlags.Alias: types are all that we take from TypeScript.
const ALIAS = 2_097_152;

/** What a name stands for in the end, through all that export it again under this name or another. */
function original(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ALIAS) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

function valueOfSymbol(run: Run, symbol: ts.Symbol): Value {
  const { types } = run.file;
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (!types || !declaration) return [];
  const file = declaration.getSourceFile();
  if (!mayConcern(declaration, file)) return [];
  const module = moduleOf(run, file);
  if (!module) return [];
  if ((declaration as ts.Node) !== file) return declaredValue(module, declaration);
  const whole = (symbol.exports as ReadonlyMap<unknown, ts.Symbol> | undefined)?.get("export=");
  return whole
    ? valueOfSymbol(run, original(types.program.getTypeChecker(), whole))
    : [moduleAtom(run.modules, symbol)];
}

// What makes something to wait for, and what waits for it.
const MAKES =
  /\b(?:[A-Z]\w*Stream|PassThrough|Transform|duplexPair|create(?:Gzip|Gunzip|Deflate|Inflate|Unzip|Brotli|Cipher|Decipher)\w*|archiver|channel)\b/u;
const PROMISES = /\bnew Promise\b|\bwithResolvers\b/u;
const USES =
  /\.(?:write|close|send|finalize|getWriter|getReader|pipeTo|pipeThrough|pipe)\b|\b(?:pipeline|finished|drain|for await|yield)\b/u;
// An object of functions that are declared elsewhere: `api = { open, close }`.
const NAMES = /=\s*\{[^(=]*\}\s*$/u;
// Whoever writes more into one function or class has written no helper, and it is judged with its own file.
const MAX_HELPER = 8_000;

const concerns = new WeakMap<ts.Node, boolean>();

/** Whether to look into another file for what is declared there: that is dear, and most of it only computes. */
function mayConcern(declaration: ts.Declaration, file: ts.SourceFile): boolean {
  if ((declaration as ts.Node) === file) return true;
  let answer = concerns.get(declaration);
  if (answer === undefined) {
    const text = file.text.slice(declaration.pos, declaration.end);
    // A value, or a short function, has its meaning from the rest of its file.
    const around = text.length < 300 && (MAKES.test(file.text) || PROMISES.test(file.text));
    answer =
      text.length <= MAX_HELPER &&
      (around || NAMES.test(text) || MAKES.test(text) || PROMISES.test(text) || USES.test(text));
    concerns.set(declaration, answer);
  }
  return answer;
}

function moduleAtom({ atoms }: Modules, symbol: ts.Symbol): ModuleAtom {
  const atom = atoms.get(symbol) ?? { type: "module", symbol };
  atoms.set(symbol, atom);
  return atom;
}

/** A file, run up to its end; while it runs (it imports what imports it), as far as it has come. */
function moduleOf(run: Run, declaredIn: ts.SourceFile): Module | undefined {
  const { files } = run.modules;
  if (!files.has(declaredIn)) {
    files.set(declaredIn, undefined);
    const file = run.file.types && sourceFileOf(run.file.types, declaredIn);
    if (file) runFile(run, file, (module) => files.set(declaredIn, module));
  }
  return files.get(declaredIn);
}

function declaredValue({ run, frame }: Module, declaration: ts.Declaration): Value {
  const { file } = frame.environment;
  const nodes = file.types?.tsNodeToESTreeNodeMap;
  const { name } = declaration as ts.NamedDeclaration;
  const identifier = name && nodes?.get(name);
  const variable = identifier && variableLookup(file)(identifier);
  if (variable) return lookUp(frame.environment, variable);
  const node = nodes?.get(declaration);
  const expression = node && valueExpression(node);
  return expression ? valueOf(run, frame, expression) : [];
}

/** The expression whose value a declaration without a variable gives to its name. */
function valueExpression(node: TSESTree.Node): TSESTree.Node | undefined {
  switch (node.type) {
    case T.ExportDefaultDeclaration:
      return node.declaration;
    case T.TSExportAssignment:
      return node.expression;
    case T.FunctionDeclaration:
    case T.ClassDeclaration:
      return node;
    case T.Property:
      return node.value;
    case T.AssignmentExpression:
      return node.right;
    case T.MemberExpression:
      return node.parent.type === T.AssignmentExpression ? node.parent.right : undefined;
    default:
      return undefined;
  }
}
