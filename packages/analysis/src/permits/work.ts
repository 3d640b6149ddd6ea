import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { remembered } from "../resources/remembered.ts";
import type { Resources } from "../resources/resources.ts";
import { isFunction, memberName, unwrap } from "../source/syntax.ts";
import { walk } from "../source/walk.ts";
import type { Owner } from "../uses/places.ts";
import { calleeOf } from "./declared.ts";
import type { Callee, Frame } from "./frame.ts";
import { takingOf } from "./taking.ts";
import type { Taking } from "./taking.ts";
import { isInline, waitingFor, waitingForCallback } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

/** Something that an owner does and waits for: it takes something, or it runs another function. */
export interface Work {
  readonly node: TSESTree.Node;
  readonly waiting: Waiting;
  readonly taking: Taking | undefined;
  /** What it runs; found on demand, since that may mean to read another file. */
  readonly frame: () => Frame | undefined;
}

/** All that the code of an owner, closures that are used where they stand included, does and waits for. */
export const workOf: (resources: Resources, owner: Owner) => readonly Work[] = remembered(collect);

function collect(resources: Resources, owner: Owner): Work[] {
  const found: Work[] = [];
  const visit = (node: TSESTree.Node): unknown => {
    if (node !== owner && (isFunction(node) ? !isInline(node) : isClass(node))) return false;
    if (node.type !== T.CallExpression && node.type !== T.TaggedTemplateExpression) return true;
    const taking = takingOf(resources, node);
    const waiting = (taking ?? mayRun(node)) ? waitingOf(resources, node, owner) : undefined;
    if (waiting) found.push({ node, waiting, taking, frame: once(() => frameOf(resources, node)) });
    if (node.type === T.CallExpression) found.push(...handedOver(resources, node, owner));
    return true;
  };
  walk(owner, visit);
  return found;
}

function isClass({ type }: TSESTree.Node): boolean {
  return type === T.ClassDeclaration || type === T.ClassExpression;
}

function mayRun(node: TSESTree.Node): boolean {
  const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
  return callee?.type === T.Identifier || callee?.type === T.MemberExpression;
}

function waitingOf(resources: Resources, node: TSESTree.Node, owner: Owner): Waiting | undefined {
  const waiting = waitingFor(resources, node, owner);
  if (waiting) return waiting;
  // `pool.query(text, (error, result) => …)`
  const last = node.type === T.CallExpression ? node.arguments.at(-1) : undefined;
  const isCallback = node.parent?.type === T.ExpressionStatement && isFunction(last) && !last.async;
  return isCallback ? { node, how: "listens", after: [last] } : undefined;
}

/** How a call runs a function, of this file or, with types, of another one whose text has something in it. */
export function frameOf(resources: Resources, node: TSESTree.Node, text?: RegExp): Frame | undefined {
  if (node.type !== T.CallExpression) return undefined;
  const callee = unwrap(node.callee);
  const run = isFunction(callee) ? undefined : calleeOf(resources, callee, text);
  return run && { resources, node, callee: run, given: node.arguments, receiver: receiverOf(callee) };
}

/** Functions that are given to a call by their name: `folders.map(measure)`. */
function handedOver(resources: Resources, call: TSESTree.CallExpression, owner: Owner): Work[] {
  return call.arguments.flatMap((argument): Work[] => {
    const node = unwrap(argument);
    if (node.type !== T.Identifier && node.type !== T.MemberExpression && !isBound(node)) return [];
    const waiting = waitingForCallback(resources, node, owner);
    return waiting ? [{ node, waiting, taking: undefined, frame: once(() => handedFrame(resources, node)) }] : [];
  });
}

/** How a function comes to run that is given away by its name, bound to something or not. */
export function handedFrame(resources: Resources, node: TSESTree.Node): Frame | undefined {
  const callee = calleeOf(resources, node) ?? boundOf(resources, node);
  return callee && { resources, node, callee, given: undefined, receiver: receiverOf(node) };
}

/** `this.save.bind(this)` */
export function isBound(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === T.CallExpression && memberName(unwrap(node.callee)) === "bind";
}

function boundOf(resources: Resources, node: TSESTree.Node): Callee | undefined {
  const callee = isBound(node) ? unwrap(node.callee) : undefined;
  return callee?.type === T.MemberExpression ? calleeOf(resources, callee.object) : undefined;
}

function receiverOf(callee: TSESTree.Node): TSESTree.Node | undefined {
  if (isBound(callee)) return callee.arguments[0];
  return callee.type === T.MemberExpression ? callee.object : undefined;
}

function once<Value>(find: () => Value): () => Value {
  let value: { readonly found: Value } | undefined;
  return () => (value ??= { found: find() }).found;
}
