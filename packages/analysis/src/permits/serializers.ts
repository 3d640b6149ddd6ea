// A lock of one's own: a function that runs what it is given when all is done that it was given before. The promise of the
// last one is kept as the tail of a chain, and each call hangs itself on to it.
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { rememberedOfFile } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import { standsFor } from "../source/names.ts";
import type { Names } from "../source/names.ts";
import { isPromise, isReaction, isWithResolvers } from "../source/promise.ts";
import { contains, isAwait, isFunction, meaningfulParent, memberName, thisMember, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { resultsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";

export interface Serializer {
  /** The parameter that it runs. */
  readonly index: number;
  /** Where the tail of the chain is kept: a field of `this`, or a variable. */
  readonly tail: TSESTree.Node;
}

/** The functions of a file that run what they are given one after the other. */
export const serializersIn: (resources: Resources) => ReadonlyMap<TSESTree.Node, Serializer> = rememberedOfFile(
  ({ names, file }) => {
    const found = new Map<TSESTree.Node, Serializer>();
    walk(file.ast, (node) => {
      const serializer = isFunction(node) ? serializerOf(names, node) : undefined;
      if (serializer) found.set(node, serializer);
    });
    return found;
  },
);

/** Whether a file has a lock of its own. */
export function hasOwnLock(resources: Resources): boolean {
  return serializersIn(resources).size > 0;
}

function serializerOf(names: Names, node: FunctionNode): Serializer | undefined {
  for (const [index, parameter] of node.params.entries()) {
    if (parameter.type !== T.Identifier) continue;
    const uses = (names.variable(parameter)?.references ?? []).map(({ identifier }) => identifier as TSESTree.Node);
    const tail = chained(names, node, uses) ?? awaitedFirst(names, node, uses);
    if (tail) return { index, tail };
  }
  return undefined;
}

/** `const run = this.tail.then(fn); this.tail = run.catch(ignore); return run;` */
function chained(names: Names, node: FunctionNode, uses: readonly TSESTree.Node[]): TSESTree.Node | undefined {
  const [link, ...others] = new Set(uses.map((use) => linkOf(node, use)));
  const tail = link && keptOutside(names, node, startOf(link));
  // What is called in another way, too, may be called at once.
  if (!tail || others.length > 0) return undefined;
  const run = meaningfulParent(link);
  const name = run?.type === T.VariableDeclarator && run.id.type === T.Identifier ? names.variable(run.id) : undefined;
  /** The link, or what was hung on to it. */
  const isLink = (one: TSESTree.Node): boolean => {
    const value = unwrap(one);
    if (value === link || (name !== undefined && names.variable(value) === name)) return true;
    if (value.type === T.AwaitExpression) return isLink(value.argument);
    if (value.type === T.AssignmentExpression) return isLink(value.right);
    const callee = value.type === T.CallExpression ? unwrap(value.callee) : undefined;
    return callee?.type === T.MemberExpression && isReaction(memberName(callee)) && isLink(callee.object);
  };
  const writes = writesOf(names, node, tail);
  if (!writes.some(({ right }) => isLink(right))) return undefined;
  const isGiven = (result: TSESTree.Node): boolean => isLink(result) || names.key(result) === names.key(tail);
  return resultsOf(node).some(isGiven) ? tail : undefined;
}

/** The call of `then` that runs what was given: `.then(fn)`, `.then(() => fn())`. */
function linkOf(node: FunctionNode, use: TSESTree.Node): TSESTree.CallExpression | undefined {
  const parent = meaningfulParent(use);
  const isCalled = parent?.type === T.CallExpression && unwrap(parent.callee) === unwrap(use);
  const handed = isCalled ? ownerOf(parent) : use;
  if (!handed || handed === node || (isCalled && !isPlain(parent, handed))) return undefined;
  const call = meaningfulParent(handed);
  if (call?.type !== T.CallExpression || ownerOf(call) !== node || isConditional(call, node)) return undefined;
  return memberName(unwrap(call.callee)) === "then" && call.arguments.some((one) => unwrap(one) === handed)
    ? call
    : undefined;
}

/** `const before = this.tail; this.tail = new Promise(…); await before; return await fn();` */
function awaitedFirst(names: Names, node: FunctionNode, uses: readonly TSESTree.Node[]): TSESTree.Node | undefined {
  const [use, ...others] = uses;
  const call = use && meaningfulParent(use);
  if (!use || call?.type !== T.CallExpression || others.length > 0) return undefined;
  if (unwrap(call.callee) !== unwrap(use) || ownerOf(call) !== node) return undefined;
  if (!isPlain(call, node) || isConditional(call, node)) return undefined;
  for (const { argument, range } of findAll(node.body, isAwait)) {
    const waited = unwrap(argument);
    if (range[0] > call.range[0] || contains(argument, call) || ownerOf(argument) !== node) continue;
    if (isConditional(argument, node)) continue;
    const variable = names.variable(waited);
    const start = variable?.scope.block === node ? names.initial(variable)?.value : undefined;
    const tail = start && keptOutside(names, node, start);
    const isNew = ({ right, range: at }: TSESTree.AssignmentExpression): boolean =>
      at[0] < range[0] && isMade(names, right);
    if (tail && writesOf(names, node, tail).some(isNew)) return tail;
  }
  return undefined;
}

/** A new promise, that this call resolves at its end; perhaps behind what was there before. */
function isMade(names: Names, node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === T.NewExpression) return isPromise(names, value.callee);
  if (value.type === T.MemberExpression) return isWithResolvers(names, standsFor(names, value.object));
  if (value.type === T.Identifier) {
    const variable = names.variable(value);
    const start = variable && names.initial(variable);
    if (!start) return false;
    return start.path.length > 0 ? isWithResolvers(names, standsFor(names, start.value)) : isMade(names, start.value);
  }
  if (value.type !== T.CallExpression || memberName(unwrap(value.callee)) !== "then") return false;
  const [next] = value.arguments;
  return isFunction(next) && resultsOf(next).some((one) => isMade(names, one));
}

/** What comes first in a chain of promises: `this.tail` in `this.tail.catch(ignore).then(fn)`. */
function startOf(link: TSESTree.CallExpression): TSESTree.Node {
  let start: TSESTree.Node = link;
  for (;;) {
    const callee = start.type === T.CallExpression ? unwrap(start.callee) : undefined;
    if (callee?.type !== T.MemberExpression || !isReaction(memberName(callee))) return start;
    start = unwrap(callee.object);
  }
}

/** A field of `this`, or a variable, that lives longer than a call. */
function keptOutside(names: Names, node: FunctionNode, kept: TSESTree.Node): TSESTree.Node | undefined {
  const place = unwrap(kept);
  if (place.type === T.MemberExpression) {
    return thisMember(place) === undefined || names.key(place) === undefined ? undefined : place;
  }
  const declared = names.variable(place)?.defs[0]?.name as TSESTree.Node | undefined;
  return declared && !contains(node, declared) ? place : undefined;
}

function writesOf(names: Names, node: FunctionNode, tail: TSESTree.Node): TSESTree.AssignmentExpression[] {
  const key = names.key(tail);
  const isWrite = (one: TSESTree.Node): one is TSESTree.AssignmentExpression =>
    one.type === T.AssignmentExpression && one.operator === "=" && names.key(one.left) === key;
  return findAll(node.body, isWrite).filter((one) => ownerOf(one) === node);
}

/** Whether nothing comes between a call and the result of its function: no deadline, no race. */
function isPlain(call: TSESTree.Node, owner: TSESTree.Node): boolean {
  for (let node = call.parent; node && node !== owner; node = node.parent) {
    if (node.type === T.CallExpression || node.type === T.NewExpression || node.type === T.ArrayExpression)
      return false;
  }
  return true;
}

function isConditional(place: TSESTree.Node, owner: TSESTree.Node): boolean {
  for (let { parent } = place; parent && parent !== owner; { parent } = parent) {
    if (parent.type === T.IfStatement || parent.type === T.ConditionalExpression || parent.type === T.LogicalExpression)
      return true;
  }
  return false;
}
