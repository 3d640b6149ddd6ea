import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import { resourcesOf } from "../resources/resources.ts";
import type { Resources } from "../resources/resources.ts";
import { sourceFileOf } from "../source/program-files.ts";
import type { TypeServices } from "../source/source-file.ts";
import { isFunction, unwrap } from "../source/syntax.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import type { Callee } from "./frame.ts";

/** The name of a file in its program; empty without types, where each file stands for itself. */
export function fileNameOf({ file: { ast, types } }: Resources): string {
  return types ? types.esTreeNodeToTSNodeMap.get(ast).getSourceFile().fileName : "";
}

/** Where an imported name is declared in another file of the program. */
export function declaredAt(resources: Resources, name: TSESTree.Identifier): Declaration | undefined {
  const definition = resources.names.variable(name)?.defs[0];
  if (definition?.type.toString() !== "ImportBinding") return undefined;
  const found = declarationOf(resources, name);
  const node = found && namedBy(found.node);
  return node && { resources: found.resources, node };
}

/** The function that a call runs: of this file, or with types of another one whose text has something in it. */
export function calleeOf(resources: Resources, callee: TSESTree.Node, text?: RegExp): Callee | undefined {
  const own = memberFunctionOf(resources.names, callee);
  if (own) return { resources, node: own };
  const expression = unwrap(callee);
  const name = expression.type === T.MemberExpression ? expression.property : expression;
  if (name.type !== T.Identifier && name.type !== T.PrivateIdentifier) return undefined;
  const found = declarationOf(resources, name, text);
  const node = found && functionIn(found.resources, found.node);
  return found && node && { resources: found.resources, node };
}

// ts.SymbolFlags.Alias: types are all that we take from TypeScript.
const ALIAS = 2_097_152;

interface Declaration {
  readonly resources: Resources;
  readonly node: TSESTree.Node;
}

const known = new WeakMap<TSESTree.Node, ts.Declaration | undefined>();

function declarationOf(resources: Resources, name: TSESTree.Node, text?: RegExp): Declaration | undefined {
  const { file, catalog } = resources;
  if (!file.types?.parse) return undefined;
  if (!known.has(name)) known.set(name, findDeclaration(file.types, name));
  const declaration = known.get(name);
  const declaring = declaration?.getSourceFile();
  if (!declaration || !declaring || text?.test(declaring.text) === false) return undefined;
  const other = sourceFileOf(file.types, declaring);
  const node = other?.types?.tsNodeToESTreeNodeMap?.get(declaration);
  return node && other && { resources: resourcesOf(other, catalog), node };
}

function findDeclaration(types: TypeServices, name: TSESTree.Node): ts.Declaration | undefined {
  const location = types.esTreeNodeToTSNodeMap.get(name) as ts.Node | undefined;
  const checker = types.program.getTypeChecker();
  const symbol = location && checker.getSymbolAtLocation(location);
  const original = symbol && (symbol.flags & ALIAS) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  return original?.valueDeclaration ?? original?.declarations?.[0];
}

/** The expression by which what is declared is known in its own file. */
function namedBy(node: TSESTree.Node): TSESTree.Node | undefined {
  switch (node.type) {
    case T.VariableDeclarator:
      return node.id.type === T.Identifier ? node.id : undefined;
    case T.ExportDefaultDeclaration:
      return unwrap(node.declaration);
    case T.Identifier:
      return node;
    default:
      return undefined;
  }
}

function functionIn(resources: Resources, node: TSESTree.Node): Callee["node"] | undefined {
  switch (node.type) {
    case T.MethodDefinition:
    case T.PropertyDefinition:
    case T.Property:
      return isFunction(node.value) ? node.value : undefined;
    case T.VariableDeclarator:
      return isFunction(node.init) ? node.init : undefined;
    case T.ExportDefaultDeclaration:
      return memberFunctionOf(resources.names, node.declaration);
    default:
      return isFunction(node) ? node : undefined;
  }
}
