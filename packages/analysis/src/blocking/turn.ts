import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { codePathOf } from "../flow/code-path.ts";
import type { Step } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import { listeningOf } from "../listening/listening.ts";
import type { Resources } from "../resources/resources.ts";
import { isReaction } from "../source/promise.ts";
import { isCall, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { functionOf, nameOf } from "../uses/functions.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { callsBackFromOutside, isDriven, isMicrotask, isTimer } from "./apis.ts";
import { isSpent, openInquiry } from "./inquiry.ts";
import type { Inquiry } from "./inquiry.ts";
import { memberUses } from "./members.ts";
import { settlingOf } from "./settling.ts";

/**
 * When a piece of code runs: `now`: when the file is loaded, at a place of it; `microtask`: when the queue of
 * microtasks is served, before the event loop goes on; `event`: when the event loop comes to it; `callback`: when
 * somebody calls it back whom we do not know; or we cannot tell.
 */
export type Turn =
  | { readonly when: "callback" | "event" | "microtask" | "unknown" }
  | { readonly when: "now"; readonly place: TSESTree.Node };

const EVENT: Turn = { when: "event" };
const MICROTASK: Turn = { when: "microtask" };
const CALLBACK: Turn = { when: "callback" };
const UNKNOWN: Turn = { when: "unknown" };

/** All turns in which a node may run. */
export function turnsOf(resources: Resources, node: TSESTree.Node, inquiry = openInquiry()): Turn[] {
  const owner = ownerOf(node);
  if (!owner || isSpent(inquiry)) return [UNKNOWN];
  const { turns, isLate } = waitsBefore(resources, node, inquiry);
  if (isLate) return turns;
  if (owner === inquiry.base || owner.type === T.Program) return [...turns, { when: "now", place: node }];
  return [...turns, ...callersOf(resources, owner, inquiry)];
}

function isWait({ node, kind }: Step): boolean {
  if (node.type === T.ForOfStatement) return node.await && kind === "iterate";
  return kind === "evaluate" && (node.type === T.AwaitExpression || node.type === T.YieldExpression);
}

/** What the waits before a node in its own code make of its turn; `isLate`: it is never reached without one. */
export function waitsBefore(
  resources: Resources,
  node: TSESTree.Node,
  inquiry = openInquiry(),
): { readonly turns: Turn[]; readonly isLate: boolean } {
  const owner = ownerOf(node);
  if (!owner) return { turns: [UNKNOWN], isLate: true };
  const path = codePathOf(owner);
  const waits = path.steps.filter(isWait);
  if (waits.length === 0) return { turns: [], isLate: false };
  const at = new Set(stepsAt(owner, node));
  const isAt = (step: Step): boolean => at.has(step);
  const kinds = new Map<Step, Turn["when"]>();
  for (const step of waits) {
    const settling =
      step.node.type === T.AwaitExpression ? settlingOf(resources, step.node.argument, inquiry) : "unknown";
    kinds.set(step, settling === "settled" ? "microtask" : settling);
  }
  const isEvent = (step: Step): boolean => kinds.get(step) === "event" && !isAt(step);
  // A settled promise after a real wait comes in a turn of the event loop as well.
  if (!reaches([path.enter], isAt, { through: (step) => !isEvent(step) })) return { turns: [EVENT], isLate: true };
  const isPlain = (step: Step): boolean => !kinds.has(step);
  const last = waits.filter((step) => !isAt(step) && reaches([step], isAt, { through: isPlain }));
  const turns = last.map((step): Turn => ({ when: kinds.get(step) as "event" | "microtask" | "unknown" }));
  return { turns, isLate: !reaches([path.enter], isAt, { through: isPlain }) };
}

/** The turns in which a function begins. */
export function callersOf(resources: Resources, node: FunctionNode, outer = openInquiry()): Turn[] {
  // That it calls itself tells nothing about who calls it first.
  if (outer.functions.includes(node)) return [];
  if (isSpent(outer)) return [UNKNOWN];
  const inquiry = { ...outer, functions: [...outer.functions, node] };
  const variable = nameOf(resources.names, node);
  if (variable) {
    const uses = variable.references.filter((one) => one.isRead()).map(({ identifier }) => identifier);
    return [...uses.flatMap((use) => useTurns(resources, use, inquiry)), ...(isExported(node) ? [UNKNOWN] : [])];
  }
  const member = memberUses(resources, node);
  if (!member) return useTurns(resources, node, inquiry);
  const turns = member.uses.flatMap((use) =>
    use.parent?.type === T.NewExpression ? turnsOf(resources, use, inquiry) : useTurns(resources, use, inquiry),
  );
  return [...turns, ...(member.isOpen ? [UNKNOWN] : [])];
}

function isExported(node: FunctionNode): boolean {
  const { parent } = node;
  return parent.type.startsWith("Export") || parent.parent?.parent?.type.startsWith("Export") === true;
}

/** The turns in which the function is called that stands at a place. */
function useTurns(resources: Resources, use: TSESTree.Node, inquiry: Inquiry): Turn[] {
  const parent = meaningfulParent(use);
  switch (parent?.type) {
    case T.CallExpression:
      return unwrap(parent.callee) === unwrap(use)
        ? turnsOf(resources, parent, inquiry)
        : callbackTurns(resources, parent, use, inquiry);
    case T.NewExpression:
      return resources.names.origin(parent.callee)?.path.join(".") === "Promise"
        ? turnsOf(resources, parent, inquiry)
        : [UNKNOWN];
    case T.AssignmentExpression: {
      const listening = listeningOf(resources, parent);
      return listening ? [isDriven(resources, listening.target) ? EVENT : CALLBACK] : [UNKNOWN];
    }
    case T.MemberExpression: {
      const call = meaningfulParent(parent);
      const name = memberName(parent);
      if (call?.type !== T.CallExpression || unwrap(call.callee) !== parent) return [UNKNOWN];
      if (name === "bind") return useTurns(resources, call, inquiry);
      return name === "call" || name === "apply" ? turnsOf(resources, call, inquiry) : [UNKNOWN];
    }
    default:
      return [UNKNOWN];
  }
}

const AT_ONCE: ReadonlySet<string | undefined> = new Set([
  "every",
  "filter",
  "find",
  "flatMap",
  "forEach",
  "map",
  "reduce",
  "some",
]);

/** The turns in which a call calls the function that it is given. */
export function callbackTurns(
  resources: Resources,
  call: TSESTree.CallExpression,
  callback: TSESTree.Node,
  inquiry = openInquiry(),
): Turn[] {
  const { names } = resources;
  if (isSpent(inquiry)) return [UNKNOWN];
  if (isTimer(names, call)) return [EVENT];
  if (isMicrotask(names, call)) return [MICROTASK];
  const callee = unwrap(call.callee);
  const method = memberName(callee);
  if (callee.type === T.MemberExpression && isReaction(method)) {
    const settling = settlingOf(resources, callee.object, inquiry);
    return [settling === "event" ? EVENT : settling === "settled" ? MICROTASK : CALLBACK];
  }
  const listening = listeningOf(resources, call);
  if (listening)
    return isDriven(resources, listening.target) ? [EVENT] : emissions(resources, listening.target, inquiry);
  const helper = functionOf(names, call.callee);
  if (helper) return parameterTurns(resources, helper, call, callback, inquiry);
  if (callsBackFromOutside(resources, call)) return [EVENT];
  return AT_ONCE.has(method) ? turnsOf(resources, call, inquiry) : [CALLBACK];
}

/** A plain emitter calls its listeners where somebody emits. */
function emissions(resources: Resources, emitter: TSESTree.Node, inquiry: Inquiry): Turn[] {
  const { names } = resources;
  const key = names.key(emitter);
  const isEmission = (node: TSESTree.Node): node is TSESTree.CallExpression => {
    const callee = isCall(node) ? unwrap(node.callee) : undefined;
    return callee?.type === T.MemberExpression && memberName(callee) === "emit" && names.key(callee.object) === key;
  };
  const isKnown = key !== undefined && resources.of(emitter) !== undefined;
  const found = isKnown ? findAll(resources.file.ast, isEmission) : [];
  return found.length > 0 ? found.flatMap((one) => turnsOf(resources, one, inquiry)) : [CALLBACK];
}

/** What a function of this file does with the callback that it is given. */
function parameterTurns(
  resources: Resources,
  helper: FunctionNode,
  call: TSESTree.CallExpression,
  callback: TSESTree.Node,
  inquiry: Inquiry,
): Turn[] {
  const parameter = helper.params[call.arguments.findIndex((one) => unwrap(one) === unwrap(callback))];
  const variable = parameter && resources.names.variable(parameter);
  const uses = variable?.references.filter((one) => one.isRead()).map(({ identifier }) => identifier) ?? [];
  return uses.length > 0 ? uses.flatMap((use) => useTurns(resources, use, inquiry)) : [UNKNOWN];
}
