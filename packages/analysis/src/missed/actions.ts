import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { stepsOf } from "../flow/queries.ts";
import { eventWaitOf } from "../listening/event-wait.ts";
import type { Resources } from "../resources/resources.ts";
import { enclosingFunction, isFunction, literalText, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { guardsOf } from "./guards.ts";
import type { MissedEvent } from "./missed-event.ts";
import { isSamePage, pageOf } from "./pages.ts";

/** A call that hears what happens to a page from now on: `page.waitForResponse(…)`. */
interface PageWait {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly target: TSESTree.Node;
  readonly event: string;
}

/**
 * Waits for what an action in a browser sets off that are made after the action was awaited: what it did may be over
 * by then. Only the wait that comes next after the action is taken to be for it.
 */
export function lateForActions(resources: Resources): MissedEvent[] {
  const found: MissedEvent[] = [];
  walk(resources.file.ast, (node) => {
    const wait = isOnlyWay(node) ? pageWaitOf(resources, node) : undefined;
    const cause = wait && actionBefore(resources, wait);
    if (wait && cause)
      found.push({ wait: wait.node, target: wait.target, event: wait.event, how: "acted", cause, pause: undefined });
  });
  return found;
}

function pageWaitOf(resources: Resources, node: TSESTree.Node): PageWait | undefined {
  if (node.type !== T.CallExpression && node.type !== T.NewExpression) return undefined;
  const callee = unwrap(node.callee);
  // What a call means may be a question of types, which are dear.
  const awaits = memberName(callee)?.startsWith("wait") === true ? resources.call(node)?.awaits : undefined;
  if (awaits !== undefined && callee.type === T.MemberExpression) {
    const [first] = node.arguments;
    const event = awaits === "argument" ? first && literalText(first) : awaits[0];
    const target = pageOf(resources, callee.object);
    return event === undefined || !target ? undefined : { node, target, event };
  }
  const wait = eventWaitOf(resources, node);
  const [first, ...others] = wait?.events.filter(({ settles }) => settles === "resolves") ?? [];
  if (wait?.otherwise !== false || first?.event === undefined || others.length > 0) return undefined;
  const target = pageOf(resources, first.target);
  return target && { node: wait.node, target, event: first.event };
}

/** It is awaited on the spot, and nobody counts on it to fail. */
function isOnlyWay(node: TSESTree.Node): boolean {
  const parent = meaningfulParent(node);
  return parent?.type === T.AwaitExpression || parent?.type === T.ReturnStatement;
}

/** The action that was awaited last before the wait, on some path, and may set off what it waits for. */
function actionBefore(resources: Resources, wait: PageWait): TSESTree.Node | undefined {
  const owner = enclosingFunction(wait.node);
  if (!owner) return undefined;
  const path = codePathOf(owner);
  const guards = guardsOf(resources, { node: wait.node, key: resources.names.key(wait.target) ?? "" });
  const seen = new Set<Step>();
  const pending = [...stepsOf(path, wait.node)];
  for (let step = pending.pop(); step; step = pending.pop()) {
    for (const before of step.previous) {
      const { node, kind } = before;
      if (seen.has(before) || guards.has(node)) continue;
      seen.add(before);
      // What is behind it in the source comes from an earlier turn of a loop.
      if (node.range[0] >= wait.node.range[1]) continue;
      if (node.type === T.ForOfStatement && node.await && kind === "iterate") continue;
      if (node.type === T.AwaitExpression) {
        const action = unwrap(node.argument);
        if (setsOff(resources, action, wait) && sharesTry(action, wait.node)) return action;
        continue;
      }
      pending.push(before);
    }
  }
  return undefined;
}

function setsOff(resources: Resources, action: TSESTree.Node, { target, event }: PageWait): boolean {
  if (action.type !== T.CallExpression) return false;
  const callee = unwrap(action.callee);
  const starts = resources.call(action)?.starts;
  if (callee.type !== T.MemberExpression || !starts) return false;
  // A context calls a page what the page that opens it calls a popup.
  if (!starts.includes(event) && !(event === "page" && starts.includes("popup"))) return false;
  const page = pageOf(resources, callee.object);
  if (!page || !isSamePage(resources, page, target)) return false;
  const name = memberName(callee);
  return (name !== "evaluate" && name !== "$eval") || action.arguments.some((argument) => acts(resources, argument));
}

const ACTS: ReadonlySet<string | undefined> = new Set([
  "assign",
  "click",
  "dispatchEvent",
  "pushState",
  "reload",
  "replace",
  "requestSubmit",
  "scrollBy",
  "scrollIntoView",
  "scrollTo",
  "submit",
]);

/** A function that does something in the page, and does not just read from it. */
function acts({ names }: Resources, node: TSESTree.Node): boolean {
  if (!isFunction(node)) return false;
  return findAll(node, isCallOrAssignment).some((part) => {
    if (part.type === T.AssignmentExpression) return part.left.type === T.MemberExpression;
    const callee = unwrap(part.callee);
    if (callee.type === T.MemberExpression) return ACTS.has(memberName(callee));
    const origin = names.origin(callee);
    return origin?.module === "global" && ["fetch", "open", "print"].includes(origin.path.join("."));
  });
}

function isCallOrAssignment(node: TSESTree.Node): node is TSESTree.AssignmentExpression | TSESTree.CallExpression {
  return node.type === T.CallExpression || node.type === T.AssignmentExpression;
}

/** A wait that alone stands in a `try` may fail: whoever wrote that expects that there is nothing to wait for. */
function sharesTry(action: TSESTree.Node, wait: TSESTree.Node): boolean {
  for (let node = wait; node.parent && !isFunction(node); node = node.parent) {
    const { parent } = node;
    if (parent.type !== T.TryStatement || parent.block !== node || !parent.handler) continue;
    if (action.range[0] < parent.range[0]) return false;
  }
  return true;
}
