import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Resources } from "../resources/resources.ts";
import { ownValue } from "../source/field.ts";
import {
  contains,
  enclosingFunction,
  isFunction,
  literalText,
  memberName,
  propertyName,
  propertyValue,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { functionOf, resultsOf } from "../uses/functions.ts";
import { declaredAt, fileNameOf } from "./declared.ts";
import type { Frames } from "./frame.ts";
import type { Taking } from "./taking.ts";

/** The same text for what is one and the same lender, and the same lock of it; undefined where that is not known. */
export function identityOf({ resources, node, model, lender, field }: Taking, frames: Frames): string | undefined {
  const whole = identify(resources, lender, frames, 0);
  const name = whole === undefined || field === undefined ? whole : `${whole}.${field}`;
  if (name === undefined || model.key === undefined) return name;
  const key = node.type === T.CallExpression ? node.arguments[model.key] : undefined;
  const keyName = key && keyOf(resources, key, frames);
  return keyName === undefined ? undefined : `${name} ${keyName}`;
}

function keyOf(resources: Resources, key: TSESTree.Node, frames: Frames): string | undefined {
  const text = literalText(key);
  if (text !== undefined) return JSON.stringify(text);
  const expression = unwrap(key);
  if (expression.type === T.Literal) return String(expression.value);
  const given = argumentOf(resources, expression, frames);
  if (given) return keyOf(given.resources, given.node, given.frames);
  const held = resources.names.held(expression);
  const value = held && literalText(held);
  return value === undefined ? identify(resources, expression, frames, 0) : JSON.stringify(value);
}

// Aliases of parameters of aliases.
const MAX_STEPS = 12;

function identify(resources: Resources, node: TSESTree.Node, frames: Frames, depth: number): string | undefined {
  const expression = unwrap(node);
  if (depth > MAX_STEPS) return undefined;
  switch (expression.type) {
    case T.Identifier:
      return identifyName(resources, expression, frames, depth + 1);
    case T.ThisExpression:
      return identifyThis(resources, expression, frames, depth + 1);
    case T.AwaitExpression:
      return identify(resources, expression.argument, frames, depth + 1);
    case T.MemberExpression: {
      const shared = sharedField(resources, expression);
      if (shared) return identify(resources, shared, [], depth + 1);
      const name = memberName(expression) ?? identify(resources, expression.property, frames, depth + 1);
      const object = name === undefined ? undefined : identify(resources, expression.object, frames, depth + 1);
      return object === undefined ? undefined : `${object}.${name ?? ""}`;
    }
    case T.CallExpression: {
      // A function that gives the same thing each time: `getPool()`.
      const callee = functionOf(resources.names, expression.callee);
      const [result, ...others] = callee && expression.arguments.length === 0 ? resultsOf(callee) : [];
      const isName = result && others.length === 0 && isModuleName(resources, result);
      return isName ? identify(resources, result, [], depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}

function identifyName(
  resources: Resources,
  name: TSESTree.Identifier,
  frames: Frames,
  depth: number,
): string | undefined {
  const { names } = resources;
  const variable = names.variable(name);
  if (!variable || variable.defs.length === 0) return `global ${name.name}`;
  const elsewhere = declaredAt(resources, name);
  if (elsewhere) return identify(elsewhere.resources, elsewhere.node, [], depth);
  const origin = isImported(variable) ? names.origin(name) : undefined;
  if (origin) return `import ${origin.module} ${origin.path.join(".")}`;
  const start = names.initial(variable);
  const alias = start && identify(resources, start.value, frames, depth);
  if (start && alias !== undefined) return [alias, ...start.path].join(".");
  const given = argumentOf(resources, name, frames);
  if (given) {
    const argument = identify(given.resources, given.node, given.frames, depth);
    return argument === undefined ? undefined : [argument, ...given.path].join(".");
  }
  const declaration = variable.defs[0]?.name as TSESTree.Node | undefined;
  if (!declaration) return undefined;
  // What a function declares is another thing each time that it runs.
  const isFresh = frames.some(({ callee }) => callee.resources === resources && contains(callee.node, declaration));
  return isFresh ? undefined : `${fileNameOf(resources)}:${String(declaration.range[0])} ${variable.name}`;
}

interface Given {
  readonly resources: Resources;
  readonly node: TSESTree.Node;
  readonly frames: Frames;
  /** What the parameter takes out of it. */
  readonly path: readonly string[];
}

/** What the last call gave for a parameter of the function that it runs. */
function argumentOf(resources: Resources, node: TSESTree.Node, frames: Frames): Given | undefined {
  const frame = frames.at(-1);
  const variable = resources.names.variable(node);
  const [definition] = variable?.defs ?? [];
  if (!frame?.given || !definition || frame.callee.resources !== resources) return undefined;
  for (const [index, parameter] of frame.callee.node.params.entries()) {
    const path = pathTo(parameter, definition.name);
    const argument = frame.given[index];
    if (!path) continue;
    if (!argument && parameter.type === T.AssignmentPattern) {
      return { resources, node: parameter.right, frames: [], path };
    }
    if (!argument || frame.given.slice(0, index + 1).some(({ type }) => type === T.SpreadElement)) return undefined;
    const [value, ...rest] = valueAt(argument, path);
    return value && { resources: frame.resources, node: value, frames: frames.slice(0, -1), path: rest.map(String) };
  }
  return undefined;
}

/** The part of an argument that a path leads to, and what is left of the path. */
function valueAt(argument: TSESTree.Node, path: readonly string[]): [TSESTree.Node | undefined, ...string[]] {
  let value = unwrap(argument);
  for (const [index, name] of path.entries()) {
    if (value.type !== T.ObjectExpression) return [value, ...path.slice(index)];
    const found = propertyValue(value, name);
    if (!found) return [undefined];
    value = unwrap(found);
  }
  return [value];
}

function pathTo(parameter: TSESTree.Node, name: TSESTree.Node): readonly string[] | undefined {
  if (parameter === name) return [];
  if (parameter.type === T.AssignmentPattern) return pathTo(parameter.left, name);
  if (parameter.type !== T.ObjectPattern) return undefined;
  for (const property of parameter.properties) {
    if (property.type !== T.Property) continue;
    const key = propertyName(property.key, property.computed);
    const rest = key === undefined ? undefined : pathTo(property.value, name);
    if (key !== undefined && rest) return [key, ...rest];
  }
  return undefined;
}

function identifyThis(
  resources: Resources,
  node: TSESTree.ThisExpression,
  frames: Frames,
  depth: number,
): string | undefined {
  const binder = binderOf(node);
  for (const [index, frame] of [...frames.entries()].reverse()) {
    const { node: callee } = frame.callee;
    if (callee !== binder && callee.parent !== binder) continue;
    return frame.receiver && identify(frame.resources, frame.receiver, frames.slice(0, index), depth);
  }
  return `${fileNameOf(resources)}:${resources.names.key(node) ?? ""}`;
}

/** What gives `this` its meaning: a function that is no arrow, or the field of a class. */
function binderOf(node: TSESTree.Node): TSESTree.Node | undefined {
  let owner = node.parent;
  while (owner && owner.type !== T.PropertyDefinition && !isBinding(owner)) owner = owner.parent;
  return owner;
}

function isBinding(node: TSESTree.Node): node is FunctionNode {
  return isFunction(node) && node.type !== T.ArrowFunctionExpression;
}

/** `this.pool`, where the class puts nothing into it but a name of its file. */
function sharedField(resources: Resources, node: TSESTree.MemberExpression): TSESTree.Node | undefined {
  const value = ownValue(node);
  return value && isModuleName(resources, value) ? value : undefined;
}

/** Whether an expression is a name that is the same everywhere in its file. */
function isModuleName({ names }: Resources, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  const variable = names.variable(expression);
  const name = variable?.defs[0]?.name as TSESTree.Node | undefined;
  return name !== undefined && enclosingFunction(name)?.type === T.Program;
}

function isImported({ defs }: Scope.Variable): boolean {
  return defs[0]?.type.toString() === "ImportBinding";
}
