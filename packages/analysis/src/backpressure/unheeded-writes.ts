import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { contains, enclosingFunction, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { takesAtOnce } from "./at-once.ts";
import { attentionsOf, isAttended } from "./attention.ts";
import { isCapped } from "./capped.ts";
import { comesFrom } from "./chunk.ts";
import { awaitsIn, yieldOf } from "./loop.ts";
import { repetitionsOf } from "./repetition.ts";
import type { Repetition } from "./repetition.ts";
import { isDataOf } from "./source.ts";
import { callsOf, writesOf } from "./writable.ts";
import type { Write } from "./writable.ts";

/** A write that goes on and on although its writable may have said "stop". */
export interface UnheededWrite {
  /** The call whose result nobody looks at. */
  readonly node: TSESTree.CallExpression;
  readonly target: TSESTree.Node;
  /** The loop, or the call that listens or iterates. */
  readonly repeatedBy: TSESTree.Node;
  /** What brings the chunks: an asynchronous source, the loop itself, a readable's events, a list in memory. */
  readonly origin: "events" | "list" | "loop" | "source";
  /** The write itself is awaited, as if it returned a promise. */
  readonly awaited: boolean;
}

/** The writes of a file whose results nobody looks at though they are repeated without bound. */
export function findUnheededWrites(resources: Resources, { strict }: { readonly strict: boolean }): UnheededWrite[] {
  const found: UnheededWrite[] = [];
  const seen = new Set<string>();
  for (const write of writesOf(resources)) {
    if (write.callback || resources.is(resources.of(write.target), "process.StandardOutput")) continue;
    const judged = repetitionsOf(resources, write).flatMap((repetition) => {
      const origin = originOf(resources, repetition, write);
      return origin === undefined ? [] : [{ repetition, origin }];
    });
    // The loop around a loop over a list may be the one without an end.
    const worst = judged.find(({ origin }) => origin !== "list") ?? (strict ? judged[0] : undefined);
    if (!worst || takesAtOnce(resources, write.target) || isCapped(resources, write.node)) continue;
    const repeatedBy = nodeOf(worst.repetition);
    // One report for each writable in a loop: what is waited for once is enough for all writes in it.
    const once = `${write.key} ${repeatedBy.range.join()}`;
    if (seen.has(once)) continue;
    seen.add(once);
    const { dropped } = worst.repetition;
    const awaited = dropped === write.node && meaningfulParent(dropped)?.type === T.AwaitExpression;
    found.push({ node: dropped, target: write.target, repeatedBy, origin: worst.origin, awaited });
  }
  return found;
}

function nodeOf({ by }: Repetition): TSESTree.Node {
  return by.kind === "listener" ? by.listening.node : by.node;
}

function originOf(resources: Resources, repetition: Repetition, write: Write): UnheededWrite["origin"] | undefined {
  const { node, chunk } = write;
  const { by, keys, regions, calls, chunks } = repetition;
  if (chunk.type === T.Literal || isLast(resources, write) || isAttended(resources, keys, regions, calls))
    return undefined;
  switch (by.kind) {
    case "each":
      return isShort(resources, by.node) || !isOfItems(resources, repetition, write) ? undefined : "list";
    case "listener":
      return bringsData(resources, by, chunks, node) ? "events" : undefined;
    default:
      return ofLoop(resources, by.node, repetition, write);
  }
}

function ofLoop(
  resources: Resources,
  loop: Extract<Repetition["by"], { kind: "loop" }>["node"],
  repetition: Repetition,
  write: Write,
): UnheededWrite["origin"] | undefined {
  const { keys, chunks } = repetition;
  if (mayWaitElsewhere(resources, loop, keys)) return undefined;
  const isCorked = callsOf(resources).some(
    ({ callee }) =>
      callee.type === T.MemberExpression &&
      memberName(callee) === "cork" &&
      keys.has(resources.names.key(callee.object) ?? ""),
  );
  switch (yieldOf(resources, loop, chunks)) {
    case "source":
      return "source";
    case "made":
      return isCorked ? undefined : "loop";
    case "held":
      return isCorked || !isOfItems(resources, repetition, write) ? undefined : "list";
    default:
      return undefined;
  }
}

/** The writable is ended right after: there is no next write. */
function isLast({ names }: Resources, { node, key }: Write): boolean {
  const block = node.parent.parent;
  if (block?.type !== T.BlockStatement) return false;
  const after = block.body.slice(block.body.findIndex((statement) => contains(statement, node)) + 1);
  return after.some((statement) => {
    const call = statement.type === T.ExpressionStatement ? unwrap(statement.expression) : undefined;
    const callee = call?.type === T.CallExpression ? unwrap(call.callee) : undefined;
    if (callee?.type !== T.MemberExpression || names.key(callee.object) !== key) return false;
    return ["destroy", "destroySoon", "end"].includes(memberName(callee) ?? "");
  });
}

/** Whether a list goes into a writable item by item, other than to be read from there. */
function isOfItems(resources: Resources, { by, chunks }: Repetition, { target, key }: Write): boolean {
  const maker = resources.maker(target);
  if (maker?.type === T.NewExpression && resources.is(resources.of(maker), "stream.Readable")) return false;
  if (by.kind === "listener" || isAnswering(resources, target, key)) return false;
  const items =
    by.kind === "each" ? by.listener.params : by.node.type === T.ForOfStatement ? [by.node.left] : undefined;
  if (!items) return true;
  const variables = items.flatMap(namesIn).map((name) => resources.names.variable(name));
  return chunks.some((chunk) =>
    comesFrom(
      resources,
      chunk,
      (node) => node.type === T.Identifier && variables.includes(resources.names.variable(node)),
    ),
  );
}

function namesIn(pattern: TSESTree.Node): TSESTree.Identifier[] {
  return findAll(pattern, (node) => node.type === T.Identifier);
}

/** In a listener of a connection's own data: what it is answered is as long as the question allows. */
function isAnswering({ names }: Resources, target: TSESTree.Node, key: string): boolean {
  for (let node = target.parent; node; node = node.parent) {
    const call = isFunction(node) ? meaningfulParent(node) : undefined;
    const callee = call?.type === T.CallExpression ? unwrap(call.callee) : undefined;
    if (callee?.type === T.MemberExpression && names.key(callee.object) === key) return true;
  }
  return false;
}

/** The loop awaits something, and something else was given the writable before: the one may wait for the other. */
function mayWaitElsewhere(resources: Resources, loop: TSESTree.Node, keys: ReadonlySet<string>): boolean {
  const owner = enclosingFunction(loop);
  if (!owner || awaitsIn(loop).length === 0) return false;
  return attentionsOf(resources).some(
    ({ kind, key, node }) => kind === "handed" && keys.has(key) && isKept(node) && contains(owner, node),
  );
}

/** What is given away for good: to a constructor's like, whose result is kept. */
function isKept(node: TSESTree.Node): boolean {
  return node.parent?.type === T.VariableDeclarator;
}

/** A listener that hands on what it hears, from a stream that nobody pauses. */
function bringsData(
  resources: Resources,
  { listening, listener }: Extract<Repetition["by"], { kind: "listener" }>,
  chunks: readonly TSESTree.Node[],
  write: TSESTree.CallExpression,
): boolean {
  const { target, event, once } = listening;
  if (once || !isDataOf(resources, target, event)) return false;
  const { names } = resources;
  const key = names.key(target);
  const pauses = callsOf(resources).some((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== T.MemberExpression || !PAUSES.has(memberName(callee))) return false;
    return contains(listener, call) || (key !== undefined && names.key(callee.object) === key);
  });
  if (pauses) return false;
  const parameters = new Set(listener.params.map((parameter) => names.variable(parameter)));
  const isHeard = (node: TSESTree.Node): boolean => node.type === T.Identifier && parameters.has(names.variable(node));
  const callee = unwrap(write.callee);
  const isAnswer = callee.type === T.MemberExpression && names.key(callee.object) === key;
  // What a connection is answered is as long as the question allows: only what is sent back as it came is data.
  if (isAnswer) return chunks.some((chunk) => isHeard(unwrap(chunk)));
  return chunks.some((chunk) => comesFrom(resources, chunk, isHeard));
}

const PAUSES: ReadonlySet<string | undefined> = new Set(["pause", "unpipe"]);

/** `[a, b].forEach(…)`, `Object.entries(headers).forEach(…)`. */
function isShort(resources: Resources, { callee }: TSESTree.CallExpression): boolean {
  const member = unwrap(callee);
  const list = member.type === T.MemberExpression ? unwrap(member.object) : undefined;
  const variable = list && resources.names.variable(list);
  const start = variable && resources.names.initial(variable)?.value;
  return [list, start].some((value) => {
    if (value?.type === T.ArrayExpression) return value.elements.length > 0;
    const origin = value?.type === T.CallExpression ? resources.names.origin(value.callee) : undefined;
    return origin?.module === "global" && origin.path[0] === "Object";
  });
}

/** A `push()` in a loop without end, whatever it says. */
export interface UnheededPush {
  readonly node: TSESTree.CallExpression;
  /** The name of the method around it. */
  readonly method: string;
}

/** Readables that push in a loop without end, whatever `push()` says. Only for the strict form. */
export function findUnheededPushes(resources: Resources, { strict }: { readonly strict: boolean }): UnheededPush[] {
  if (!strict) return [];
  const isEndless = (node: TSESTree.Node): node is TSESTree.ForStatement | TSESTree.WhileStatement =>
    (node.type === T.WhileStatement || node.type === T.ForStatement || node.type === T.DoWhileStatement) &&
    (!node.test || (node.test.type === T.Literal && node.test.value === true));
  return callsOf(resources).flatMap((node) => {
    const callee = unwrap(node.callee);
    if (callee.type !== T.MemberExpression || memberName(callee) !== "push") return [];
    if (node.parent.type !== T.ExpressionStatement) return [];
    const owner = enclosingFunction(node);
    const method = isFunction(owner) ? readOfReadable(resources, owner, callee.object) : undefined;
    if (!isFunction(owner) || method === undefined) return [];
    const loops = findAll(owner.body, isEndless).filter((loop) => contains(loop, node));
    return loops.some((loop) => awaitsIn(loop).length === 0) ? [{ node, method }] : [];
  });
}

/** `_read` of a subclass, or `read` in the options of `new Readable({ … })`. */
function readOfReadable(
  resources: Resources,
  { parent }: FunctionNode,
  pushed: TSESTree.Node,
): "_read" | "read" | undefined {
  const isMember = parent.type === T.MethodDefinition || parent.type === T.Property;
  const name = isMember && parent.key.type === T.Identifier ? parent.key.name : undefined;
  if (unwrap(pushed).type !== T.ThisExpression) return undefined;
  if (parent.type === T.MethodDefinition) {
    return name === "_read" && resources.is(resources.of(pushed), "stream.Readable") ? name : undefined;
  }
  const made = parent.parent?.parent;
  const isOption = made?.type === T.NewExpression && resources.is(resources.of(made), "stream.Readable");
  return name === "read" && isOption ? name : undefined;
}
