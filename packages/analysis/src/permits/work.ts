import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { isFunction, unwrap } from "../source/syntax.ts";
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

const known = new WeakMap<Owner, readonly Work[]>();

/** All that the code of an owner, closures that are used where they stand included, does and waits for. */
export function workOf(resources: Resources, owner: Owner): readonly Work[] {
  let work = known.get(owner);
  if (!work) {
    work = collect(resources, owner);
    known.set(owner, work);
  }
  return work;
}

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
    const frame = once(() => {
      const run = calleeOf(resources, node) ?? boundOf(resources, node);
      return run && { resources, node, callee: run, given: undefined, receiver: receiverOf(node) };
    });
    const waiting = waitingForCallback(resources, node, owner);
    return waiting ? [{ node, waiting, taking: undefined, frame }] : [];
  });
}

function isBound(node: TSESTree.Node): boolean {
  const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
  return (
    callee?.type === T.MemberExpression && callee.property.type === T.Identifier && callee.property.name === "bind"
  );
}

function boundOf(resources: Resources, node: TSESTree.Node): Callee | undefined {
  const callee = node.type === T.CallExpression && isBound(node) ? unwrap(node.callee) : undefined;
  return callee?.type === T.MemberExpression ? calleeOf(resources, callee.object) : undefined;
}

function receiverOf(callee: TSESTree.Node): TSESTree.Node | undefined {
  if (isBound(callee) && callee.type === T.CallExpression) return callee.arguments[0];
  return callee.type === T.MemberExpression ? callee.object : undefined;
}

function once<Value>(find: () => Value): () => Value {
  let value: { readonly found: Value } | undefined;
  return () => (value ??= { found: find() }).found;
}
