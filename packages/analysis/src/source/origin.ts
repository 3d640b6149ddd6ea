import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { propertyName, unwrap } from "./syntax.ts";

/** Where a name comes from: a module's export (`*` = the whole module), or the global scope. */
export interface Origin {
  /** Module specifier without the `node:` prefix, or `global`. */
  readonly module: string;
  /** Export name and members below it: `["promises", "pipeline"]`; `["*"]` for a namespace. */
  readonly path: readonly string[];
}

export const GLOBAL = "global";

/** The origin of an imported variable; undefined for every other variable. */
export function importOrigin(variable: Scope.Variable): Origin | undefined {
  const node: TSESTree.Node | undefined = variable.defs[0]?.node;
  switch (node?.type) {
    case T.ImportNamespaceSpecifier:
      return { module: moduleOf(node), path: ["*"] };
    case T.ImportDefaultSpecifier:
      return { module: moduleOf(node), path: ["default"] };
    case T.ImportSpecifier:
      return { module: moduleOf(node), path: [propertyName(node.imported, false) ?? "default"] };
    case T.TSImportEqualsDeclaration: {
      const reference = node.moduleReference;
      return reference.type === T.TSExternalModuleReference
        ? { module: bareName(reference.expression.value), path: ["*"] }
        : undefined;
    }
    default:
      return undefined;
  }
}

function moduleOf(specifier: TSESTree.ImportClause): string {
  return specifier.parent.type === T.ImportDeclaration ? bareName(specifier.parent.source.value) : "";
}

/** The origin of `require("x")` and `await import("x")`; undefined for every other expression. */
export function requireOrigin(node: TSESTree.Node): Origin | undefined {
  const call = unwrap(node.type === T.AwaitExpression ? node.argument : node);
  let source: TSESTree.Node | undefined;
  if (call.type === T.ImportExpression) source = call.source;
  else if (call.type === T.CallExpression && call.callee.type === T.Identifier && call.callee.name === "require") {
    source = call.arguments[0];
  }
  return source?.type === T.Literal && typeof source.value === "string"
    ? { module: bareName(source.value), path: ["*"] }
    : undefined;
}

function bareName(specifier: string): string {
  return specifier.startsWith("node:") ? specifier.slice("node:".length) : specifier;
}

/** The origin of a member: `fs.promises.open` → module fs, path promises, open. */
export function memberOrigin(origin: Origin, name: string): Origin {
  if (origin.path[0] === "*") return { module: origin.module, path: [name] };
  return { module: origin.module, path: [...origin.path, name] };
}
