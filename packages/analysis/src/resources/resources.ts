import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Catalog } from "../models/catalog.ts";
import type { CallModel, EventModel, ResourceModel } from "../models/resource.ts";
import { namesOf } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import type { SourceFile } from "../source/source-file.ts";
import { enclosingClass, isFunction, isNothing, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { annotatedName, annotationOf } from "./annotation.ts";
import { callModel, maker } from "./call.ts";
import { callbackResource } from "./callback.ts";
import { ownField } from "../source/field.ts";
import { valueOfMember } from "./members.ts";
import { presentIn } from "./present.ts";
import { resourceByType } from "./typed.ts";

/** What the expressions of a file are, as far as others wait for them. */
export interface Resources {
  readonly file: SourceFile;
  readonly catalog: Catalog;
  readonly names: Names;
  /** The name of the resource that an expression is (`http.Server`); undefined where that is not known. */
  of(node: TSESTree.Node): string | undefined;
  /** Whether a resource is another one as well: a socket is a `stream.Writable`. */
  is(name: string | undefined, other: string): boolean;
  /** What a member of a resource means; looked up in what it extends as well. */
  event(name: string | undefined, event: string): EventModel | undefined;
  method(name: string | undefined, method: string): CallModel | undefined;
  property(name: string | undefined, property: string): string | undefined;
  /** Whether what it takes is taken where the one takes it that gave it. */
  shares(name: string | undefined): boolean;
  /** What `for await` takes from it, where each item must be read before the next one comes. */
  items(name: string | undefined): string | undefined;
  /** The expression that made the resource, if that is in this file: a call or `new`. */
  maker(node: TSESTree.Node): TSESTree.CallExpression | TSESTree.NewExpression | undefined;
  /** What a call of a modelled function or method means. */
  call(node: TSESTree.Node): CallModel | undefined;
}

// Every member that has no entry of its own.
const ANY = "*";

const known = new WeakMap<TSESTree.Program, Resources>();

/** The resources of a file; answers are found on demand and kept. */
export function resourcesOf(file: SourceFile, all: Catalog): Resources {
  const catalog = file.types ? presentIn(file.types.program, all) : all;
  let resources = known.get(file.ast);
  if (resources?.catalog !== catalog) {
    resources = open(file, catalog);
    known.set(file.ast, resources);
  }
  return resources;
}

function open(file: SourceFile, catalog: Catalog): Resources {
  const names = namesOf(file);
  const cache = new Map<TSESTree.Node, string | undefined>();
  const of = (node: TSESTree.Node): string | undefined => {
    const expression = unwrap(node);
    if (cache.has(expression)) return cache.get(expression);
    // A cycle of definitions finds this answer and ends.
    cache.set(expression, undefined);
    const name = describe(resources, expression) ?? (file.types && resourceByType(file.types, catalog, node));
    cache.set(expression, name);
    return name;
  };
  const inherit = <Found>(
    name: string | undefined,
    find: (model: ResourceModel) => Found | undefined,
  ): Found | undefined => {
    const model = name === undefined ? undefined : catalog.resource(name);
    if (!model) return undefined;
    const own = find(model);
    if (own !== undefined) return own;
    for (const base of model.extends ?? []) {
      const found = inherit(base, find);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const is = (name: string | undefined, other: string): boolean =>
    name !== undefined && (name === other || (catalog.resource(name)?.extends ?? []).some((base) => is(base, other)));
  const resources: Resources = {
    file,
    catalog,
    names,
    of,
    is,
    event: (name, event) => inherit(name, ({ events }) => own(events, event)),
    method: (name, method) =>
      inherit(name, ({ methods }) => own(methods, method)) ??
      (method.startsWith("@@") ? undefined : inherit(name, ({ methods }) => own(methods, ANY))),
    property: (name, property) =>
      inherit(name, ({ properties }) => own(properties, property)) ??
      inherit(name, ({ properties }) => own(properties, ANY)),
    shares: (name) => inherit(name, ({ shares }) => shares) === true,
    items: (name) => inherit(name, ({ items }) => items),
    maker: (node) => maker(resources, node, 0),
    call: (node) => callModel(resources, unwrap(node)),
  };
  return resources;
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function describe(resources: Resources, node: TSESTree.Node): string | undefined {
  const { names, catalog } = resources;
  const origin = node.type === T.Identifier || node.type === T.MemberExpression ? names.origin(node) : undefined;
  const value = origin && catalog.value(origin);
  if (value !== undefined) return value;
  switch (node.type) {
    case T.Identifier: {
      const variable = names.variable(node);
      return variable && describeVariable(resources, variable);
    }
    case T.AwaitExpression:
      return awaited(resources, node.argument);
    case T.TaggedTemplateExpression:
      return resources.call(node)?.gives;
    case T.NewExpression:
    case T.CallExpression: {
      const call = resources.call(node);
      if (call?.gives === "this") {
        const callee = unwrap(node.callee);
        return callee.type === T.MemberExpression ? resources.of(callee.object) : undefined;
      }
      return call?.gives ?? instance(resources, node) ?? piped(resources, node) ?? returned(resources, node);
    }
    case T.MemberExpression: {
      const name = memberName(node);
      if (name === undefined) return undefined;
      const property = resources.property(resources.of(node.object), name);
      return (
        property ??
        (node.object.type === T.ThisExpression
          ? (describeField(resources, node) ?? describeMember(resources, node))
          : (described(resources, annotationOf(names, node)) ?? describeMember(resources, node)))
      );
    }
    case T.ThisExpression: {
      const superClass = enclosingClass(node)?.superClass;
      return superClass ? classResource(resources, superClass) : undefined;
    }
    case T.AssignmentExpression:
      return node.operator === "=" || node.operator === "??=" ? resources.of(node.right) : undefined;
    case T.LogicalExpression:
      return resources.of(node.left) ?? resources.of(node.right);
    case T.ConditionalExpression: {
      const one = resources.of(node.consequent);
      return one === resources.of(node.alternate) ? one : undefined;
    }
    default:
      return undefined;
  }
}

function describeVariable(resources: Resources, variable: Scope.Variable): string | undefined {
  const [definition] = variable.defs;
  const name = definition?.name as TSESTree.Node | undefined;
  const node = definition?.node as TSESTree.Node | undefined;
  if (variable.defs.length !== 1 || name?.type !== T.Identifier) return undefined;
  if (node?.type === T.ClassDeclaration) return classItself(resources, node);
  const annotation = name.typeAnnotation?.typeAnnotation ?? (node && annotationOf(resources.names, name));
  if (annotatedName(resources.names, resources.catalog, annotation) !== undefined) {
    return described(resources, annotation);
  }
  const start = resources.names.initial(variable);
  if (start) {
    return start.path.reduce<string | undefined>(
      (from, member) => resources.property(from, member),
      resources.of(start.value),
    );
  }
  if (isFunction(node)) return callbackResource(resources, node, name);
  if (node?.type !== T.VariableDeclarator || node.id.type !== T.Identifier) return undefined;
  // Assigned once, wherever that is: `let server; before(() => { server = createServer(); })`.
  const writes = variable.references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : []));
  const kinds = new Set(writes.filter((write) => !isNothing(write)).map((write) => resources.of(write)));
  const [only] = kinds;
  return kinds.size === 1 ? only : undefined;
}

/** The modelled resource that an annotation names. */
function described({ names, catalog }: Resources, annotation: TSESTree.TypeNode | undefined): string | undefined {
  const name = annotatedName(names, catalog, annotation);
  return name !== undefined && catalog.resource(name) ? name : undefined;
}

function describeField(resources: Resources, node: TSESTree.MemberExpression): string | undefined {
  const field = ownField(node);
  if (!field) return undefined;
  if (annotatedName(resources.names, resources.catalog, field.annotation) !== undefined) {
    return described(resources, field.annotation);
  }
  const kinds = new Set(field.values.filter((value) => !isNothing(value)).map((value) => resources.of(value)));
  const [only] = kinds;
  return kinds.size === 1 ? only : undefined;
}

/** `store.lock`, where `store` is an object of this file. */
function describeMember(resources: Resources, node: TSESTree.MemberExpression): string | undefined {
  const value = valueOfMember(resources.names, node);
  return value && resources.of(value);
}

function awaited(resources: Resources, node: TSESTree.Node): string | undefined {
  const call = resources.call(node);
  if (call?.resolves !== undefined) return call.resolves;
  // What is no promise is itself when it is awaited.
  return resources.of(node) ?? returned(resources, unwrap(node));
}

/** `new Local()`, where `class Local extends EventEmitter`. */
function instance(resources: Resources, node: TSESTree.Node): string | undefined {
  return node.type === T.NewExpression ? classResource(resources, node.callee) : undefined;
}

/** A class whose base is a resource itself, and not only what it makes: a model of sequelize has its static methods. */
function classItself(resources: Resources, { superClass }: TSESTree.ClassDeclaration): string | undefined {
  const origin = superClass && resources.names.origin(superClass);
  if (origin) return resources.catalog.value(origin);
  return superClass?.type === T.Identifier ? resources.of(superClass) : undefined;
}

function classResource(resources: Resources, node: TSESTree.Node): string | undefined {
  const origin = resources.names.origin(node);
  const made = origin && resources.catalog.makes(origin)?.gives;
  if (made !== undefined) return made;
  const named = origin && origin.module + "." + (origin.path.at(-1) ?? "");
  if (named !== undefined && resources.catalog.resource(named)) return named;
  const expression = unwrap(node);
  if (expression.type !== T.Identifier) return undefined;
  const declaration = resources.names.variable(expression)?.defs[0]?.node as TSESTree.Node | undefined;
  const superClass = declaration?.type === T.ClassDeclaration ? declaration.superClass : undefined;
  return superClass && superClass !== node
    ? (classResource(resources, superClass) ?? resources.of(superClass))
    : undefined;
}

/** `source.pipe(parser)` is the parser. */
function piped(resources: Resources, node: TSESTree.Node): string | undefined {
  const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
  const [into] = node.type === T.CallExpression ? node.arguments : [];
  if (callee?.type !== T.MemberExpression || memberName(callee) !== "pipe" || !into) return undefined;
  const name = resources.of(into);
  return resources.is(name, "stream.Writable") ? name : undefined;
}

/** What a function of this file returns, where that is one expression. */
function returned(resources: Resources, node: TSESTree.Node): string | undefined {
  const result = node.type === T.CallExpression ? returnedExpression(resources.names, node) : undefined;
  return result && resources.of(result);
}

function returnedExpression(names: Names, call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const callee = unwrap(call.callee);
  const found = names.variable(callee);
  if (!found) return undefined;
  const declared = found.defs[0]?.node as TSESTree.Node | undefined;
  const value: TSESTree.Node | undefined = isFunction(declared) ? declared : names.initial(found)?.value;
  return isFunction(value) ? onlyResult(value) : undefined;
}

function onlyResult({ body }: FunctionNode): TSESTree.Node | undefined {
  if (body.type !== T.BlockStatement) return body;
  const last = body.body.at(-1);
  return last?.type === T.ReturnStatement ? (last.argument ?? undefined) : undefined;
}
