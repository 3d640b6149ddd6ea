import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Catalog } from "../models/catalog.ts";
import { importOrigin, memberOrigin } from "../source/origin.ts";
import type { Origin } from "../source/origin.ts";
import { pathInPattern } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { isFunction, memberName, propertyName, unwrap } from "../source/syntax.ts";

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

/** The annotation that says what an expression is: of a variable, of the parameter it was taken out of, or a member's. */
export function annotationOf(names: Names, node: TSESTree.Node): TSESTree.TypeNode | undefined {
  const expression = unwrap(node);
  if (expression.type === T.Identifier) {
    const variable = names.variable(expression);
    return variable && variableAnnotation(names, variable);
  }
  const name = memberName(expression);
  return expression.type === T.MemberExpression && name !== undefined
    ? memberOf(names, annotationOf(names, expression.object), name)
    : undefined;
}

function variableAnnotation(names: Names, { defs }: Scope.Variable): TSESTree.TypeNode | undefined {
  const [definition] = defs;
  const name = definition?.name as TSESTree.Node | undefined;
  const node = definition?.node as TSESTree.Node | undefined;
  if (defs.length !== 1 || name?.type !== T.Identifier) return undefined;
  if (name.typeAnnotation) return name.typeAnnotation.typeAnnotation;
  const patterns = isFunction(node) ? node.params : node?.type === T.VariableDeclarator ? [node.id] : [];
  for (const parameter of patterns) {
    const pattern = parameter.type === T.AssignmentPattern ? parameter.left : parameter;
    const path = pattern.type === T.ObjectPattern ? pathInPattern(pattern, name) : undefined;
    if (!path || pattern.type !== T.ObjectPattern) continue;
    return path.reduce<TSESTree.TypeNode | undefined>(
      (from, member) => memberOf(names, from, member),
      pattern.typeAnnotation?.typeAnnotation,
    );
  }
  return undefined;
}

/** The annotation of a member in a type that is written out in this file. */
function memberOf(names: Names, type: TSESTree.TypeNode | undefined, name: string): TSESTree.TypeNode | undefined {
  for (const member of membersOf(names, type)) {
    if (member.type === T.TSPropertySignature && propertyName(member.key, member.computed) === name) {
      return member.typeAnnotation?.typeAnnotation;
    }
  }
  return undefined;
}

function membersOf(names: Names, type: TSESTree.TypeNode | undefined): readonly TSESTree.TypeElement[] {
  if (type?.type === T.TSTypeLiteral) return type.members;
  const name = type?.type === T.TSTypeReference && type.typeName.type === T.Identifier ? type.typeName : undefined;
  const declared = name && (names.variable(name)?.defs[0]?.node as TSESTree.Node | undefined);
  if (declared?.type === T.TSInterfaceDeclaration) return declared.body.body;
  // Only written out at once: an alias of an alias is looked at no further.
  return declared?.type === T.TSTypeAliasDeclaration && declared.typeAnnotation.type === T.TSTypeLiteral
    ? declared.typeAnnotation.members
    : [];
}
