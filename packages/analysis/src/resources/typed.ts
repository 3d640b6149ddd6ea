import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import type { Catalog } from "../models/catalog.ts";
import type { TypeServices } from "../source/source-file.ts";
import { packageOf } from "../source/package.ts";

// Deeper hierarchies exist, but nothing modelled lies that far from what is written in an application.
const MAX_BASES = 6;

/** The modelled resource that an expression is by its type or one of its bases. */
export function resourceByType(types: TypeServices, catalog: Catalog, node: TSESTree.Node): string | undefined {
  const location = types.esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
  if (!location) return undefined;
  const checker = types.program.getTypeChecker();
  const type = checker.getNonNullableType(checker.getTypeAtLocation(location));
  const names = (type.isUnion() ? type.types : [type]).map((part) => nameOf(types.program, catalog, part, 0));
  return names.every((name) => name === names[0]) ? names[0] : undefined;
}

function nameOf(program: ts.Program, catalog: Catalog, type: ts.Type, depth: number): string | undefined {
  const symbol = type.getSymbol();
  const alias = type.aliasSymbol && declaredName(program, catalog, type.aliasSymbol);
  if (alias !== undefined || !symbol || depth > MAX_BASES) return alias;
  if (isClassItself(program, type, symbol)) return valueOf(program, catalog, symbol, depth);
  const name = declaredName(program, catalog, symbol);
  if (name !== undefined) return name;
  // Of an intersection or a mixin the first known part counts, as in JavaScript's own chain of prototypes.
  for (const base of type.isIntersection() ? type.types : (genericOf(type).getBaseTypes() ?? [])) {
    const found = nameOf(program, catalog, base, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function declaredName(program: ts.Program, catalog: Catalog, symbol: ts.Symbol): string | undefined {
  for (const declaration of symbol.declarations ?? []) {
    const module = moduleOf(program, declaration);
    if (module === undefined) continue;
    const name = `${module}.${symbol.name}`;
    if (catalog.resource(name)) return name;
    const inNamespace = [module, ...namespacesOf(declaration), symbol.name].join(".");
    if (catalog.resource(inNamespace)) return inNamespace;
  }
  return undefined;
}

/** Whether a type is that of a class, and not of what it makes. */
function isClassItself(program: ts.Program, type: ts.Type, symbol: ts.Symbol): boolean {
  return type.getConstructSignatures().length > 0 && symbol === classSymbol(program, type);
}

function classSymbol(program: ts.Program, type: ts.Type): ts.Symbol | undefined {
  const made = type.getConstructSignatures()[0]?.getReturnType();
  const prototype = type.getProperty("prototype");
  const instance = prototype && program.getTypeChecker().getTypeOfSymbol(prototype);
  return (instance ?? made)?.getSymbol();
}

/** Which resource a class itself is, or the first of its bases that is one: a model of sequelize. */
function valueOf(program: ts.Program, catalog: Catalog, symbol: ts.Symbol, depth: number): string | undefined {
  if (depth > MAX_BASES) return undefined;
  for (const declaration of symbol.declarations ?? []) {
    const module = moduleOf(program, declaration);
    const own = module === undefined ? undefined : catalog.value({ module, path: [symbol.name] });
    if (own !== undefined) return own;
  }
  const instance = program.getTypeChecker().getDeclaredTypeOfSymbol(symbol);
  for (const base of genericOf(instance).getBaseTypes() ?? []) {
    const found = base.getSymbol();
    const name = found && valueOf(program, catalog, found, depth + 1);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Only a generic type itself knows its bases, not what is made of it: `ServerResponse<Request>`. */
function genericOf(type: ts.Type): ts.Type {
  return "target" in type ? (type.target as ts.Type) : type;
}

/** The namespaces around a declaration, outermost first: `Knex` of `Knex.Transaction`. */
function namespacesOf(declaration: ts.Declaration): string[] {
  const names: string[] = [];
  for (let node: ts.Node | undefined = declaration.parent; node as ts.Node | undefined; node = node.parent) {
    if (isNamespace(node) && !isQuoted(node.name)) names.unshift(node.name.text);
  }
  return names;
}

/** The module that declares something: `http` for Node's own, `global` for the platform's, else the package. */
function moduleOf(program: ts.Program, declaration: ts.Declaration): string | undefined {
  for (let node: ts.Node | undefined = declaration.parent; node as ts.Node | undefined; node = node.parent) {
    if (isAmbientModule(node)) return node.name.text.replace(/^node:/u, "");
    if (isNamespace(node) && node.name.text === "NodeJS") return `${GLOBAL}.NodeJS`;
  }
  const by = packageOf(program, declaration.getSourceFile());
  return by === "node" ? GLOBAL : by;
}

const GLOBAL = "global";

type Named = ts.ModuleDeclaration & { readonly name: ts.Identifier | ts.StringLiteral };

function isAmbientModule(node: ts.Node): node is Named {
  return isNamespace(node) && isQuoted(node.name);
}

function isQuoted(name: ts.Node): boolean {
  return /^["']/u.test(name.getText());
}

function isNamespace(node: ts.Node): node is Named {
  return (
    "name" in node &&
    "body" in node &&
    "text" in ((node as { name?: object }).name ?? {}) &&
    !("parameters" in node) &&
    !("members" in node)
  );
}
