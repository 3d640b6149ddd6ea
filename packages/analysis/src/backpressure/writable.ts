import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { ownField } from "../source/field.ts";
import type { Resources } from "../resources/resources.ts";
import { contains, enclosingClass, isFunction, memberName, propertyName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";

/** A call of a writable's `write()`. */
export interface Write {
  readonly node: TSESTree.CallExpression;
  readonly target: TSESTree.Node;
  /** The same for all writes to the same thing. */
  readonly key: string;
  readonly chunk: TSESTree.Node;
  /** It was given a function that is called when the chunk has been taken. */
  readonly callback: boolean;
}

export function isWritable(resources: Resources, node: TSESTree.Node): boolean {
  return resources.is(resources.of(node), "stream.Writable");
}

const calls = new WeakMap<TSESTree.Program, readonly TSESTree.CallExpression[]>();

/** All calls of a file, in the order of the source. */
export function callsOf({ file: { ast } }: Resources): readonly TSESTree.CallExpression[] {
  let all = calls.get(ast);
  if (!all) {
    all = findAll(ast, (node) => node.type === T.CallExpression);
    calls.set(ast, all);
  }
  return all;
}

const writes = new WeakMap<Resources, readonly Write[]>();

/** All writes to Node's writables in a file. */
export function writesOf(resources: Resources): readonly Write[] {
  let all = writes.get(resources);
  if (!all) {
    all = callsOf(resources).flatMap((call) => writeOf(resources, call) ?? []);
    writes.set(resources, all);
  }
  return all;
}

function writeOf(resources: Resources, node: TSESTree.CallExpression): Write | undefined {
  const callee = unwrap(node.callee);
  const [chunk, ...rest] = node.arguments;
  if (callee.type !== T.MemberExpression || memberName(callee) !== "write" || !chunk) return undefined;
  const target = callee.object;
  if (!isWritable(resources, target) || isOverridden(resources, target) || !saysBoolean(resources, node)) {
    return undefined;
  }
  const key = resources.names.key(target);
  const callback = rest.length > 0 && !(rest.length === 1 && isEncoding(rest[0]));
  return key === undefined ? undefined : { node, target, key, chunk, callback };
}

function isEncoding(node: TSESTree.Node | undefined): boolean {
  return node?.type === T.Literal || (node?.type === T.Identifier && /^(?:enc|encoding|charset)$/u.test(node.name));
}

/** A class of this file with a `write` of its own: what that returns is its own affair. */
function isOverridden(resources: Resources, target: TSESTree.Node): boolean {
  const expression = unwrap(target);
  const maker = resources.maker(expression);
  const found =
    expression.type === T.ThisExpression
      ? enclosingClass(expression)
      : maker && (resources.names.variable(maker.callee)?.defs[0]?.node as TSESTree.Node | undefined);
  return (
    (found?.type === T.ClassDeclaration || found?.type === T.ClassExpression) &&
    found.body.body.some(
      (member) => member.type === T.MethodDefinition && propertyName(member.key, member.computed) === "write",
    )
  );
}

/** A subclass declared elsewhere may return something else, as a promise: with types, that can be seen. */
function saysBoolean({ file: { types } }: Resources, node: TSESTree.CallExpression): boolean {
  if (!types) return true;
  const location = types.esTreeNodeToTSNodeMap.get(node) as Parameters<typeof checker.getTypeAtLocation>[0] | undefined;
  const checker = types.program.getTypeChecker();
  const type = location && checker.getTypeAtLocation(location);
  return !type || /^(?:boolean|true|false|any|unknown|error)$/u.test(checker.typeToString(type));
}

const PEERS = ["http.OutgoingMessage", "net.Socket", "http2.Http2Stream", "http2.Http2ServerResponse"];

/** Whether somebody else holds the other end, and may close it at any time. */
export function isPeer(resources: Resources, node: TSESTree.Node): boolean {
  const name = resources.of(node);
  return PEERS.some((peer) => resources.is(name, peer)) || isChildInput(resources, node, 0);
}

const MAX_ALIASES = 4;

/** `child.stdin`, by whatever name. */
function isChildInput(resources: Resources, node: TSESTree.Node, depth: number): boolean {
  const expression = unwrap(node);
  if (depth > MAX_ALIASES) return false;
  const again = (value: TSESTree.Node): boolean => isChildInput(resources, value, depth + 1);
  const isChild = (value: TSESTree.Node): boolean => resources.is(resources.of(value), "child_process.ChildProcess");
  if (expression.type === T.MemberExpression) {
    if (memberName(expression) === "stdin" && isChild(expression.object)) return true;
    return ownField(expression)?.values.some(again) ?? false;
  }
  const variable = resources.names.variable(expression);
  const start = variable && resources.names.initial(variable);
  if (!start) return false;
  return start.path.length === 0 ? again(start.value) : start.path.join() === "stdin" && isChild(start.value);
}

/**
 * Whether a thing is the same in every run of a region (a loop, a listener): what it is named by is declared outside,
 * or is another name of what is.
 */
export function isSameThroughout(
  resources: Resources,
  target: TSESTree.Node,
  region: TSESTree.Node,
  depth = 0,
): boolean {
  const expression = unwrap(target);
  if (depth > MAX_ALIASES) return false;
  switch (expression.type) {
    case T.ThisExpression:
      return true;
    case T.MemberExpression:
      return isSameThroughout(resources, expression.object, region, depth);
    case T.Identifier: {
      const variable = resources.names.variable(expression);
      const declared = variable?.identifiers[0] as TSESTree.Node | undefined;
      if (!variable || !declared || !contains(region, declared)) return true;
      const start = resources.names.initial(variable);
      return start !== undefined && isSameThroughout(resources, start.value, region, depth + 1);
    }
    default:
      return false;
  }
}

/** The function of this file that an expression is: written there, or by its name. */
export function functionOf({ names }: Resources, node: TSESTree.Node): ReturnType<typeof asFunction> {
  const expression = unwrap(node);
  const variable = names.variable(expression);
  const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
  return asFunction(expression) ?? asFunction(declared) ?? asFunction(variable && names.initial(variable)?.value);
}

function asFunction(
  node: TSESTree.Node | null | undefined,
): TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | undefined {
  return isFunction(node) ? node : undefined;
}
