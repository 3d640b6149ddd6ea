import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { importOrigin, memberOrigin } from "../source/origin.ts";
import type { Origin } from "../source/origin.ts";
import type { Names } from "../source/names.ts";

/** The full name of an annotated type: `http.ServerResponse`; undefined without an annotation that is a plain name. */
export function annotatedName(names: Names, annotation: TSESTree.TypeNode | undefined): string | undefined {
  switch (annotation?.type) {
    case T.TSTypeReference: {
      const origin = typeOrigin(names, annotation.typeName);
      return origin && [origin.module, ...origin.path].join(".");
    }
    case T.TSUnionType: {
      const parts = annotation.types.filter(({ type }) => type !== T.TSUndefinedKeyword && type !== T.TSNullKeyword);
      return parts.length === 1 ? annotatedName(names, parts[0]) : undefined;
    }
    default:
      return undefined;
  }
}

function typeOrigin(names: Names, name: TSESTree.EntityName): Origin | undefined {
  if (name.type === T.TSQualifiedName) {
    const left = typeOrigin(names, name.left);
    return left && memberOrigin(left, name.right.name);
  }
  if (name.type !== T.Identifier) return undefined;
  const variable = names.variable(name);
  return !variable || variable.defs.length === 0 ? { module: "global", path: [name.name] } : importOrigin(variable);
}
