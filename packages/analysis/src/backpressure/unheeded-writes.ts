import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction, isFunction, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { attentionsOf, isAttended } from "./attention.ts";
import { comesFrom } from "./chunk.ts";
import { awaitsIn, yieldOf } from "./loop.ts";
import { repetitionsOf } from "./repetition.ts";
import type { Repetition } from "./repetition.ts";
import { callsOf, isWithin, writesOf } from "./writable.ts";
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
}

/** The writes of a file whose results nobody looks at though they are repeated without bound. */
export function findUnheededWrites(resources: Resources, { strict }: { readonly strict: boolean }): UnheededWrite[] {
  const found: UnheededWrite[] = [];
  const seen = new Set<string>();
  for (const write of writesOf(resources)) {
    if (write.callback || resources.is(resources.of(write.target), "process.StandardOutput")) continue;
    const judged = repetitionsOf(resources, write.node, write.target, [write.chunk]).flatMap((repetition) => {
      const origin = originOf(resources, repetition, write);
      return origin === undefined ? [] : [{ repetition, origin }];
    });
    // The loop around a loop over a list may be the one without an end.
    const worst = judged.find(({ origin }) => origin !== "list") ?? (strict ? judged[0] : undefined);
    if (!worst) continue;
    const repeatedBy = nodeOf(worst.repetition);
    // One report for each writable in a loop: what is waited for once is enough for all writes in it.
    const once = `${write.key} ${repeatedBy.range.join()}`;
    if (seen.has(once)) continue;
    seen.add(once);
    found.push({ node: worst.repetition.dropped, target: write.target, repeatedBy, origin: worst.origin });
  }
  return found;
}

function nodeOf({ by }: Repetition): TSESTree.Node {
  return by.kind === "listener" ? by.listening.node : by.node;
}

function originOf(
  resources: Resources,
  repetition: Repetition,
  { node, chunk }: Write,
): UnheededWrite["origin"] | undefined {
  const { by, keys, regions, calls, chunks } = repetition;
  if (chunk.type === T.Literal || isAttended(resources, keys, regions, calls)) return undefined;
  switch (by.kind) {
    case "each":
      return isShort(resources, by.node) ? undefined : "list";
    case "listener":
      return bringsData(resources, by, chunks, node) ? "events" : undefined;
    default:
      return ofLoop(resources, by.node, repetition);
  }
}

function ofLoop(
  resources: Resources,
  loop: Extract<Repetition["by"], { kind: "loop" }>["node"],
  { keys, chunks }: Repetition,
): UnheededWrite["origin"] | undefined {
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
      return isCorked ? undefined : "list";
    default:
      return undefined;
  }
}

/** The loop awaits something, and something else was given the writable before: the one may wait for the other. */
function mayWaitElsewhere(resources: Resources, loop: TSESTree.Node, keys: ReadonlySet<string>): boolean {
  const owner = enclosingFunction(loop);
  if (!owner || awaitsIn(loop).length === 0) return false;
  return attentionsOf(resources).some(
    ({ kind, key, node }) => kind === "handed" && keys.has(key) && isKept(node) && isWithin(node, owner),
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
  const source = resources.of(target);
  const isData = event === "data" && resources.is(source, "stream.Readable");
  if (once || !(isData || (event === "line" && resources.is(source, "readline.Interface")))) return false;
  const { names } = resources;
  const key = names.key(target);
  const pauses = callsOf(resources).some((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== T.MemberExpression || !PAUSES.has(memberName(callee) ?? "")) return false;
    return isWithin(call, listener) || (key !== undefined && names.key(callee.object) === key);
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

const PAUSES: ReadonlySet<string> = new Set(["destroy", "pause", "unpipe"]);

/** `[a, b].forEach(…)`, `Object.entries(headers).forEach(…)`. */
function isShort(resources: Resources, { callee }: TSESTree.CallExpression): boolean {
  const member = unwrap(callee);
  const list = member.type === T.MemberExpression ? unwrap(member.object) : undefined;
  const variable = list?.type === T.Identifier ? resources.names.variable(list) : undefined;
  const start = variable && resources.names.initial(variable)?.value;
  return [list, start].some((value) => {
    if (value?.type === T.ArrayExpression) return value.elements.length > 0;
    const origin = value?.type === T.CallExpression ? resources.names.origin(value.callee) : undefined;
    return origin?.module === "global" && origin.path[0] === "Object";
  });
}

/** Readables that push in a loop without end, whatever `push()` says. Only for the strict form. */
export function findUnheededPushes(resources: Resources): TSESTree.CallExpression[] {
  const isEndless = (node: TSESTree.Node): node is TSESTree.ForStatement | TSESTree.WhileStatement =>
    (node.type === T.WhileStatement || node.type === T.ForStatement || node.type === T.DoWhileStatement) &&
    (!node.test || (node.test.type === T.Literal && node.test.value === true));
  return callsOf(resources).filter((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== T.MemberExpression || memberName(callee) !== "push") return false;
    if (call.parent.type !== T.ExpressionStatement) return false;
    const owner = enclosingFunction(call);
    if (!isFunction(owner) || !isReadOfReadable(resources, owner, callee.object)) return false;
    const loops = findAll(owner.body, isEndless).filter((loop) => isWithin(call, loop));
    return loops.some((loop) => awaitsIn(loop).length === 0);
  });
}

/** `_read()` of a subclass, or `read()` in the options of `new Readable({ … })`. */
function isReadOfReadable(
  resources: Resources,
  owner: TSESTree.FunctionExpression | TSESTree.Node,
  pushed: TSESTree.Node,
): boolean {
  const { parent } = owner;
  if (unwrap(pushed).type !== T.ThisExpression) return false;
  if (parent?.type === T.MethodDefinition) {
    return (
      parent.key.type === T.Identifier &&
      parent.key.name === "_read" &&
      resources.is(resources.of(pushed), "stream.Readable")
    );
  }
  const made = parent?.type === T.Property ? parent.parent.parent : undefined;
  return (
    parent?.type === T.Property &&
    parent.key.type === T.Identifier &&
    parent.key.name === "read" &&
    made?.type === T.NewExpression &&
    resources.is(resources.of(made), "stream.Readable")
  );
}
