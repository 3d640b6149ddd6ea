import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { callsOn, occurrencesOf } from "../source/occurrences.ts";
import {
  contains,
  isCall,
  isFunction,
  literalText,
  meaningfulParent,
  memberName,
  propertyName,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf } from "../uses/places.ts";
import { apiName } from "./apis.ts";

/** A server that answers on the thread of this file. */
export interface OwnServer {
  /** Where it begins to listen, or is made to. */
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  /** The same text for each expression that denotes it; undefined where it has no name. */
  readonly key: string | undefined;
  /** The ports and paths on which it listens, as they are written. */
  readonly places: readonly TSESTree.Node[];
}

const TUNNELS = /^tunnel-ssh(?:\.(?:createTunnel|tunnel))?$/u;

/** The servers that a file starts. */
export function ownServersOf(resources: Resources): OwnServer[] {
  const { names, file } = resources;
  const isMade = (node: TSESTree.Node): node is TSESTree.CallExpression | TSESTree.NewExpression =>
    isCall(node) || node.type === T.NewExpression;
  return findAll(file.ast, isMade).flatMap((node): OwnServer[] => {
    const callee = unwrap(node.callee);
    if (node.type === T.CallExpression && callee.type === T.MemberExpression && memberName(callee) === "listen") {
      const server = callee.object;
      if (!isServer(resources, server) && !isServer(resources, node)) return [];
      const key = keyOf(resources, server) ?? keyOf(resources, node);
      return [{ node, key, places: placesIn(resources, node.arguments[0]) }];
    }
    const isTunnel = TUNNELS.test(apiName(names, callee));
    const listensAtOnce = resources.is(resources.of(node), "ws.WebSocketServer") || isTunnel;
    if (!listensAtOnce) return [];
    return [{ node, key: keyOf(resources, node), places: node.arguments.flatMap((one) => placesIn(resources, one)) }];
  });
}

function isServer(resources: Resources, node: TSESTree.Node): boolean {
  const name = resources.of(node);
  return ["net.Server", "express.Application", "fastify.FastifyInstance"].some((one) => resources.is(name, one));
}

/** The key of an expression, or of the variable or field that it is put into. */
function keyOf({ names }: Resources, node: TSESTree.Node): string | undefined {
  const key = names.key(node);
  if (key !== undefined) return key;
  const parent = meaningfulParent(node);
  if (parent?.type === T.VariableDeclarator && parent.id.type === T.Identifier) return names.key(parent.id);
  if (parent?.type === T.AssignmentExpression) return names.key(parent.left);
  if (parent?.type === T.AwaitExpression) return keyOf({ names } as Resources, parent);
  if (parent?.type !== T.MemberExpression && node.type === T.CallExpression) return undefined;
  // `createServer(…).listen(0)` is the server itself.
  const call = parent?.type === T.MemberExpression ? meaningfulParent(parent) : undefined;
  return call?.type === T.CallExpression ? keyOf({ names } as Resources, call) : undefined;
}

const PLACES: ReadonlySet<string> = new Set(["localPort", "path", "port"]);

/** The first argument of `listen`: a port, a path, or an object with one of them, which may lie deeper. */
function placesIn(resources: Resources, node: TSESTree.Node | undefined): TSESTree.Node[] {
  const argument = node && unwrap(node);
  if (!argument || isFunction(argument)) return [];
  if (argument.type !== T.ObjectExpression) return [argument];
  return argument.properties.flatMap((one) => {
    const name = one.type === T.Property ? propertyName(one.key, one.computed) : undefined;
    if (one.type !== T.Property || name === undefined) return [];
    if (PLACES.has(name)) return [unwrap(one.value)];
    return unwrap(one.value).type === T.ObjectExpression ? placesIn(resources, one.value) : [];
  });
}

/** Whether the server of a key no longer listens when a call runs to which its address has come. */
export function isClosedBefore(resources: Resources, key: string | undefined, call: TSESTree.Node): boolean {
  const { names, file } = resources;
  const calls = key === undefined ? [] : callsOn(occurrencesOf(names, file.ast, key));
  return calls.some(({ call: close, method }) => {
    if (method !== "close") return false;
    const owner = ownerOf(close);
    if (owner && contains(owner, call))
      return owner === ownerOf(call) && close.range[1] < call.range[0] && !isDecided(close, owner);
    // The function that found the address has closed it by the end, unless it gives that to others to do.
    return isRunHere(resources, close, key);
  });
}

function isDecided(node: TSESTree.Node, owner: TSESTree.Node): boolean {
  for (let parent = node.parent; parent && parent !== owner; parent = parent.parent) {
    if (parent.type === T.IfStatement || parent.type === T.TryStatement) return true;
  }
  return false;
}

/** Whether code runs as part of the function that made the server: directly, or in a listener of the server itself. */
function isRunHere(resources: Resources, node: TSESTree.Node, key: string | undefined): boolean {
  const { names } = resources;
  const made = names.variable(rootOf(node))?.scope.block as TSESTree.Node | undefined;
  let owner = ownerOf(node);
  while (owner && isFunction(owner) && owner !== made) {
    const call = meaningfulParent(owner);
    if (call?.type === T.NewExpression) {
      owner = ownerOf(call);
      continue;
    }
    const callee = call?.type === T.CallExpression ? unwrap(call.callee) : undefined;
    if (!call || callee?.type !== T.MemberExpression || names.key(callee.object) !== key) return false;
    owner = ownerOf(call);
  }
  return owner !== undefined && owner === made && isFunction(owner) && isNamedOrCalled(owner);
}

function rootOf(close: TSESTree.Node): TSESTree.Node {
  let root = close.type === T.CallExpression ? unwrap(close.callee) : close;
  while (root.type === T.MemberExpression) root = unwrap(root.object);
  return root;
}

function isNamedOrCalled(node: FunctionNode): boolean {
  const parent = meaningfulParent(node);
  return (
    node.type === T.FunctionDeclaration ||
    parent?.type === T.VariableDeclarator ||
    parent?.type === T.CallExpression ||
    parent?.type === T.NewExpression ||
    parent?.type === T.MethodDefinition
  );
}

/** Whether two places of a file belong to different threads or processes: `if (isMainThread) … else …`. */
export function arePartedByBranch(one: TSESTree.Node, other: TSESTree.Node): boolean {
  for (let branch = one, parent = one.parent; parent; branch = parent, parent = parent.parent) {
    if (parent.type === T.IfStatement && contains(parent, other)) {
      return parent.test !== branch && !contains(branch, other) && !contains(parent.test, other);
    }
    if (parent.type === T.ConditionalExpression && contains(parent, other)) return !contains(branch, other);
  }
  return false;
}

export function textsIn(node: TSESTree.Node): string[] {
  const isText = (one: TSESTree.Node): one is TSESTree.Literal | TSESTree.TemplateElement =>
    one.type === T.TemplateElement || literalText(one) !== undefined;
  return findAll(node, isText).map((one) =>
    one.type === T.TemplateElement ? one.value.raw : String(literalText(one)),
  );
}
