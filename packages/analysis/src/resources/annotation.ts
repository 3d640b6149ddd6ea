import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Catalog } from "../models/catalog.ts";
import { importOrigin, memberOrigin } from "../source/origin.ts";
import type { Origin } from "../source/origin.ts";
import type { Names } from "../source/names.ts";

/** The full name of an annotated type: `http.ServerResponse`; undefined without an annotation that is a plain name. */
export function annotatedName(
  names: Names,
  catalog: Catalog,
  annotation: TSESTree.TypeNode | undefined,
): string | undefined {
  switch (annotation?.type) {
    case T.TSTypeReference: {
      const origin = typeOrigin(names, annotation.typeName);
      return origin && fullName(origin, catalog);
    }
    case T.TSUnionType: {
      const parts = annotation.types.filter(({ type }) => type !== T.TSUndefinedKeyword && type !== T.TSNullKeyword);
      return parts.length === 1 ? annotatedName(names, catalog, parts[0]) : undefined;
    }
    default:
      return undefined;
  }
}

function fullName(origin: Origin, catalog: Catalog): string {
  const [first, ...rest] = origin.path;
  // The default export of a CommonJS module is the module: `import https from "node:https"`, `https.Server`.
  const path = first === "default" && rest.length > 0 ? rest : origin.path;
  const name = [origin.module, ...path].join(".");
  // A class by the name of its export: `import Redis from "ioredis"`.
  return catalog.resource(name) ? name : (catalog.makes(origin)?.gives ?? name);
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
