import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches, stepsOf } from "../flow/queries.ts";
import { listeningOf } from "../listening/listening.ts";
import type { Listening } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { isPromise } from "../source/promise.ts";
import { contains, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf } from "../uses/functions.ts";
import { guardOf, ownerOf, placesIn, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { usesOf } from "../uses/uses.ts";

/** A part of an archive or form that nobody reads on some path, so that nothing after it comes. */
export interface UnreadEntry {
  /** The call that registers the listener, or the loop. */
  readonly node: TSESTree.CallExpression | TSESTree.ForOfStatement;
  readonly parser: TSESTree.Node;
  /** The parameter or variable that holds the part; undefined where the listener does not even take it. */
  readonly entry: TSESTree.Node | undefined;
}

const NONE: ReadonlySet<string> = new Set();
const CHAINED: ReadonlySet<string> = new Set(["on", "once", "addListener", "setEncoding", "off", "removeListener"]);
const READ_EVENTS: ReadonlySet<string | undefined> = new Set(["data", "readable", undefined]);

/** Facts about a part that can be asked without reading it. */
const FACTS: ReadonlySet<string | undefined> = new Set([
  ..."path type size props vars extra name fieldname filename headers header byteCount byteOffset truncated".split(" "),
  ..."bytesRead setEncoding pause off removeListener readableLength readable destroyed listenerCount".split(" "),
]);

/** Parts that are left unread by the listeners and loops of a file. */
export function findUnreadEntries(resources: Resources): UnreadEntry[] {
  const found: UnreadEntry[] = [];
  for (const node of findAll(resources.file.ast, isCandidate)) {
    const entry = node.type === T.ForOfStatement ? unreadItem(resources, node) : unreadPart(resources, node);
    if (entry) found.push(entry);
  }
  return found;
}

function isCandidate(node: TSESTree.Node): node is TSESTree.CallExpression | TSESTree.ForOfStatement {
  return node.type === T.CallExpression || (node.type === T.ForOfStatement && node.await);
}

function unreadPart(resources: Resources, node: TSESTree.CallExpression): UnreadEntry | undefined {
  const listening = listeningOf(resources, node);
  if (listening?.event === undefined || !listening.listener) return undefined;
  const name = resources.of(listening.target);
  const holds = resources.event(name, listening.event)?.holds;
  const listener = functionOf(resources.names, listening.listener);
  if (holds === undefined || !listener || listener.generator || hasSibling(resources, listening)) return undefined;
  const [entry, ...rest] = listener.params.slice(holds);
  if (listener.params.slice(0, holds + 1).some(({ type }) => type === T.RestElement)) return undefined;
  if (!entry && usesArguments(listener)) return undefined;
  if (entry && entry.type !== T.Identifier) return undefined;
  const reads = entry ? readsOf(resources, entry) : [];
  const ends = [...reads, ...abandonments(resources, listener, listening, rest[0])];
  const stops = stopsIn(resources, listener, ends, listener);
  const { enter } = codePathOf(listener);
  const isLeft = reaches([enter], ({ kind }) => kind === "exit", { through: (step) => !stops.has(step) });
  return isLeft ? { node, parser: listening.target, entry } : undefined;
}

/** `for await (const entry of extract) …`. */
function unreadItem(resources: Resources, loop: TSESTree.ForOfStatement): UnreadEntry | undefined {
  const name = resources.of(loop.right);
  const owner = name === undefined || resources.items(name) === undefined ? undefined : ownerOf(loop);
  const declared = loop.left.type === T.VariableDeclaration ? loop.left.declarations[0].id : undefined;
  if (!owner || declared?.type !== T.Identifier) return undefined;
  const ends = [...readsOf(resources, declared), ...destructions(resources, loop.body, loop.right)];
  const stops = stopsIn(resources, owner, ends, loop);
  const turns = stepsOf(codePathOf(owner), loop).filter(({ kind }) => kind === "iterate");
  const body = new Set(stepsWithin(owner, loop.body));
  const isLeft = reaches(turns, (step) => turns.includes(step), {
    through: (step) => !stops.has(step) && (body.has(step) || contains(loop.left, step.node)),
  });
  return isLeft ? { node: loop, parser: loop.right, entry: declared } : undefined;
}

function stepsWithin(owner: Owner, node: TSESTree.Node): Step[] {
  return codePathOf(owner).steps.filter((step) => contains(node, step.node));
}

function stopsIn(
  { names }: Resources,
  owner: Owner,
  ends: readonly TSESTree.Node[],
  origin: TSESTree.Node,
): ReadonlySet<Step> {
  const stops = new Set<Step>();
  for (const end of ends) {
    for (const place of placesIn(names, owner, end)) {
      for (const step of stepsAt(owner, guardOf(names, place, new Set(), [origin]))) stops.add(step);
    }
  }
  return stops;
}

/** What reads a part, gets rid of it, or gives it to somebody who may. */
function readsOf(resources: Resources, entry: TSESTree.Identifier): TSESTree.Node[] {
  const { uses } = usesOf(resources.names, entry, { parts: NONE, chained: CHAINED });
  return uses
    .filter(({ node }) => {
      const parent = meaningfulParent(node);
      if (parent?.type === T.CallExpression) {
        const listening = listeningOf(resources, parent);
        if (listening) return READ_EVENTS.has(listening.event);
        return resources.names.origin(parent.callee)?.path[0] !== "console";
      }
      if (parent?.type !== T.MemberExpression) return true;
      const call = meaningfulParent(parent);
      const listening = call && listeningOf(resources, call);
      return listening ? READ_EVENTS.has(listening.event) : !FACTS.has(memberName(parent));
    })
    .map(({ node, calls }) => calls[0] ?? node);
}

/** Ways in which a listener gives up the whole: an error to `next`, a settled promise, a destroyed or unpiped stream. */
function abandonments(
  resources: Resources,
  listener: FunctionNode,
  listening: Listening,
  next: TSESTree.Node | undefined,
): TSESTree.Node[] {
  const { names } = resources;
  const done = next && names.variable(next);
  const calls = findAll(listener.body, (node): node is TSESTree.CallExpression => node.type === T.CallExpression);
  return [
    ...destructions(resources, listener.body, listening.target),
    ...calls.filter((call) => {
      const variable = names.variable(call.callee);
      if (!variable) return false;
      if (variable === done) return call.arguments.length > 0;
      const owner = variable.defs[0]?.node as TSESTree.Node | undefined;
      return isFunction(owner) && isExecutor(resources, owner);
    }),
  ];
}

function isExecutor({ names }: Resources, node: FunctionNode): boolean {
  const parent = meaningfulParent(node);
  return parent?.type === T.NewExpression && isPromise(names, parent.callee);
}

const ENDING: ReadonlySet<string | undefined> = new Set(["destroy", "unpipe", "abort", "exit", "removeAllListeners"]);

function destructions({ names }: Resources, body: TSESTree.Node, parser: TSESTree.Node): TSESTree.Node[] {
  const key = names.key(parser);
  return findAll(body, (node): node is TSESTree.CallExpression => {
    const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
    if (callee?.type !== T.MemberExpression) return false;
    const name = memberName(callee);
    return ENDING.has(name) || (key !== undefined && names.key(callee.object) === key && name === "end");
  });
}

/** Whether somebody else listens for the same event of the same parser, and may read what this listener does not. */
function hasSibling(resources: Resources, { node, target, event }: Listening): boolean {
  const key = resources.names.key(target);
  if (key === undefined) return false;
  const others = findAll(resources.file.ast, (other): other is TSESTree.CallExpression => {
    if (other.type !== T.CallExpression || other === node) return false;
    const listening = listeningOf(resources, other);
    return listening?.event === event && resources.names.key(listening?.target ?? other) === key;
  });
  return others.length > 0;
}

function usesArguments(listener: FunctionNode): boolean {
  const names = findAll(
    listener.body,
    (node): node is TSESTree.Identifier => node.type === T.Identifier && node.name === "arguments",
  );
  return names.length > 0;
}
