import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import type { Origin } from "../source/origin.ts";
import { sourceFileOf } from "../source/program-files.ts";
import { variableLookup } from "../source/source-file.ts";
import type { SourceFile } from "../source/source-file.ts";
import { lookUp } from "../values/environment.ts";
import type { ModuleAtom, Value } from "../values/value.ts";
import { wholeOf, isObject, mayConcern, original, symbolOf } from "./declarations.ts";
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
  const member = checker && exportOf(checker, symbol, name);
  return checker && member ? valueOfSymbol(run, original(checker, member)) : [];
}

function exportOf(checker: ts.TypeChecker, module: ts.Symbol, name: string): ts.Symbol | undefined {
  const whole = wholeOf(module);
  return (
    checker.tryGetMemberInModuleExports(name, module) ?? (whole && checker.getTypeOfSymbol(whole).getProperty(name))
  );
}

function symbolAt({ symbols }: Modules, { types }: SourceFile, node: TSESTree.Node): ts.Symbol | undefined {
  if (!types?.parse) return undefined;
  if (!symbols.has(node)) symbols.set(node, symbolOf(types, node));
  return symbols.get(node);
}

function valueOfSymbol(run: Run, symbol: ts.Symbol): Value {
  const { types } = run.file;
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (!types || !declaration) return [];
  const file = declaration.getSourceFile();
  if (!mayConcern(declaration, file)) return [];
  if ((declaration as ts.Node) !== file) {
    const module = moduleOf(run, file);
    return module ? declaredValue(module, declaration) : [];
  }
  const whole = wholeOf(symbol);
  // The file of an object runs when somebody uses a member that may concern us.
  return !whole || isObject(whole)
    ? [moduleAtom(run.modules, symbol)]
    : valueOfSymbol(run, original(types.program.getTypeChecker(), whole));
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
    case T.ClassExpression:
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
