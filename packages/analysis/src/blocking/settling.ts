import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { codePathOf } from "../flow/code-path.ts";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { ownField } from "../source/field.ts";
import { isReaction } from "../source/promise.ts";
import { isFunction, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { resultsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { sleeps } from "../uses/sleep.ts";
import { apiName, isDriven } from "./apis.ts";
import { isSpent, openInquiry } from "./inquiry.ts";
import type { Inquiry } from "./inquiry.ts";
import { callbackTurns, turnsOf } from "./turn.ts";

/**
 * What the wait for an expression waits for: `settled`: for nothing, so that only microtasks run meanwhile; `event`:
 * for the event loop; or we cannot tell.
 */
export type Settling = "event" | "settled" | "unknown";

/** What the wait for an expression waits for. */
export function settlingOf(resources: Resources, node: TSESTree.Node, inquiry = openInquiry()): Settling {
  const { names } = resources;
  const expression = unwrap(node);
  if (isSpent(inquiry)) return "unknown";
  const inner = (one: TSESTree.Node): Settling => settlingOf(resources, one, inquiry);
  switch (expression.type) {
    case T.Literal:
    case T.TemplateLiteral:
    case T.UnaryExpression:
    case T.UpdateExpression:
    case T.BinaryExpression:
    case T.ArrowFunctionExpression:
    case T.FunctionExpression:
    case T.ArrayExpression:
    case T.AwaitExpression:
      return "settled";
    case T.ObjectExpression:
      // It may be a thenable.
      return expression.properties.length === 0 ? "settled" : "unknown";
    case T.Identifier: {
      if (expression.name === "undefined") return "settled";
      const variable = names.variable(expression);
      return variable ? sameOrPlain(resources, expression, givenTo(variable).map(inner)) : "unknown";
    }
    case T.MemberExpression:
      return sameOrPlain(resources, expression, (ownField(expression)?.values ?? []).map(inner));
    case T.ConditionalExpression:
      return same([inner(expression.consequent), inner(expression.alternate)]);
    case T.LogicalExpression:
      return same([inner(expression.left), inner(expression.right)]);
    case T.AssignmentExpression:
      return inner(expression.right);
    case T.ImportExpression:
      return "event";
    case T.NewExpression:
      return ofNew(resources, expression, inquiry);
    case T.CallExpression:
      return ofCall(resources, expression, inquiry);
    default:
      return "unknown";
  }
}

function same(settlings: readonly Settling[]): Settling {
  const [first = "unknown", ...others] = settlings;
  return others.every((one) => one === first) ? first : "unknown";
}

/** Everything that a variable is given; nothing where part of that is not known. */
function givenTo({ defs, references }: Scope.Variable): TSESTree.Node[] {
  const [definition] = defs;
  const declared = definition?.node as TSESTree.Node | undefined;
  if (defs.length !== 1 || declared?.type !== T.VariableDeclarator || declared.id.type !== T.Identifier) return [];
  const writes = references.filter((one) => one.isWrite());
  // `ready += 1` writes what it reads.
  return writes.map(({ writeExpr, identifier }) => writeExpr ?? identifier.parent);
}

const PLAIN_TYPE = /^(?:boolean|number|string|bigint|void|undefined|null|true|false|-?\d+|"[^"|]*")$/u;

function sameOrPlain({ file }: Resources, node: TSESTree.Node, settlings: readonly Settling[]): Settling {
  const settling = same(settlings);
  if (settling !== "unknown" || !file.types) return settling;
  const checker = file.types.program.getTypeChecker();
  const type = checker.typeToString(checker.getTypeAtLocation(file.types.esTreeNodeToTSNodeMap.get(node)));
  return type.split(" | ").every((one) => PLAIN_TYPE.test(one)) ? "settled" : "unknown";
}

const OUTSIDE =
  /^(?:fetch|(?:fs|dns|stream|readline)(?:\/|\.)promises\.\w+|timers(?:\/|\.)promises\.(?:scheduler\.)?\w+)$/u;
// What gives no promise at all, though it may look like one.
const PLAIN =
  /^(?:(?:timers\.)?set(?:Timeout|Interval|Immediate)|queueMicrotask|process\.nextTick|console\.\w+|Math\.\w+|Date\.now|performance\.now|Number|String|Boolean|JSON\.\w+|Promise\.reject)$/u;

function ofCall(resources: Resources, call: TSESTree.CallExpression, inquiry: Inquiry): Settling {
  const { names } = resources;
  const name = apiName(names, call.callee);
  const [first] = call.arguments;
  if (OUTSIDE.test(name)) return "event";
  if (PLAIN.test(name)) return "settled";
  if (name === "Promise.resolve") return first ? settlingOf(resources, first, inquiry) : "settled";
  if (/^Promise\.(?:all|allSettled|any|race)$/u.test(name)) return gathered(resources, name, first, inquiry);
  if (name === "events.once" && first) return isDriven(resources, first) ? "event" : "unknown";
  const wrapped = promisifiedBy(resources, call.callee);
  if (wrapped !== undefined) return ofPromisified(wrapped);
  const callee = unwrap(call.callee);
  const method = memberName(callee);
  if (callee.type === T.MemberExpression && isReaction(method)) {
    return chained(resources, callee.object, call, inquiry);
  }
  const body = isFunction(callee) ? callee : memberFunctionOf(names, callee);
  if (body) return ofFunction(resources, body, inquiry);
  return sleeps(names, call) ? "event" : sameOrPlain(resources, call, []);
}

/** The full name of the function that `promisify(…)` wraps. */
export function promisifiedBy({ names }: Resources, callee: TSESTree.Node): string | undefined {
  let made = unwrap(callee);
  const held = names.held(made);
  if (held) made = held;
  if (made.type !== T.CallExpression || apiName(names, made.callee) !== "util.promisify") return undefined;
  const [wrapped] = made.arguments;
  return wrapped && (apiName(names, wrapped) || undefined);
}

function ofPromisified(name: string): Settling {
  if (name === "process.nextTick" || name === "queueMicrotask") return "settled";
  return /^(?:(?:timers\.)?set(?:Timeout|Immediate)|(?:child_process|crypto|dns|fs|zlib)\.\w+)$/u.test(name)
    ? "event"
    : "unknown";
}

function gathered(resources: Resources, name: string, list: TSESTree.Node | undefined, inquiry: Inquiry): Settling {
  const array = list && unwrap(list);
  if (array?.type !== T.ArrayExpression) return "unknown";
  const isFirst = name === "Promise.race" || name === "Promise.any";
  const settlings = array.elements.map((one) =>
    one && one.type !== T.SpreadElement ? settlingOf(resources, one, inquiry) : "unknown",
  );
  if (isFirst) return settlings.includes("settled") ? "settled" : same(settlings);
  if (settlings.every((one) => one === "settled")) return "settled";
  return settlings.includes("event") ? "event" : "unknown";
}

/** `promise.then(f)`: when the promise has settled, and then what `f` gives. */
function chained(
  resources: Resources,
  promise: TSESTree.Node,
  call: TSESTree.CallExpression,
  inquiry: Inquiry,
): Settling {
  const start = settlingOf(resources, promise, inquiry);
  if (start !== "settled") return start;
  const settlings = call.arguments.map((callback) => {
    const body = memberFunctionOf(resources.names, callback);
    return body ? ofFunction(resources, body, inquiry) : "unknown";
  });
  return settlings.every((one) => one === "settled") ? "settled" : "unknown";
}

/** What the result of a function of this file waits for. */
function ofFunction(resources: Resources, node: FunctionNode, outer: Inquiry): Settling {
  // That it calls itself tells nothing new.
  if (outer.functions.includes(node) || node.generator) return "unknown";
  const inquiry = { ...outer, functions: [...outer.functions, node] };
  const results = resultsOf(node).map((result) => settlingOf(resources, result, inquiry));
  if (!node.async) return results.length > 0 ? same(results) : "settled";
  const isOwnWait = (one: TSESTree.Node): one is TSESTree.AwaitExpression | TSESTree.ForOfStatement =>
    (one.type === T.AwaitExpression || (one.type === T.ForOfStatement && one.await)) && ownerOf(one) === node;
  const kinds = new Map<TSESTree.Node, Settling>();
  for (const wait of findAll(node, isOwnWait)) {
    kinds.set(wait, wait.type === T.AwaitExpression ? settlingOf(resources, wait.argument, inquiry) : "unknown");
  }
  if ([...kinds.values(), ...results].every((kind) => kind === "settled")) return "settled";
  if (results.length > 0 && results.every((kind) => kind === "event")) return "event";
  const path = codePathOf(node);
  const through = (step: { readonly node: TSESTree.Node }): boolean => kinds.get(step.node) !== "event";
  const isShort = reaches([path.enter], ({ kind }) => kind === "exit" || kind === "throw", { through });
  return isShort ? "unknown" : "event";
}

/** `new Promise(…)`: in which turn it is settled. */
function ofNew(resources: Resources, node: TSESTree.NewExpression, inquiry: Inquiry): Settling {
  const [executor] = node.arguments;
  if (apiName(resources.names, node.callee) !== "Promise" || !executor || !isFunction(executor)) return "unknown";
  const uses = executor.params.slice(0, 2).flatMap((parameter) => {
    const variable = resources.names.variable(parameter);
    return variable?.references.map(({ identifier }) => identifier) ?? [];
  });
  const settlings = uses.map((use) => settledBy(resources, use, executor, inquiry));
  if (settlings.length === 0) return "unknown";
  // Of several, the first one that is sure to come decides.
  return settlings.includes("settled") ? "settled" : same(settlings);
}

/** In which turn a resolver settles its promise, as seen from the executor; unknown where it may not do so at all. */
function settledBy(resources: Resources, use: TSESTree.Node, executor: FunctionNode, inquiry: Inquiry): Settling {
  const call = use.parent;
  if (call?.type !== T.CallExpression) return "unknown";
  const isCalled = call.callee === use;
  const within = { ...inquiry, base: executor };
  const turns = isCalled ? turnsOf(resources, call, within) : callbackTurns(resources, call, use, within);
  if (turns.length > 0 && turns.every(({ when }) => when === "event")) return "event";
  if (isConditional(use, executor) || !turns.every(({ when }) => when === "now" || when === "microtask"))
    return "unknown";
  const [value] = isCalled ? call.arguments : [];
  return value ? settlingOf(resources, value, inquiry) : "settled";
}

/** Whether something happens only on some path through an executor. */
function isConditional(node: TSESTree.Node, executor: FunctionNode): boolean {
  for (let current = node.parent; current && current !== executor; current = current.parent) {
    if (/^(?:If|For|While|DoWhile|Switch|Try|Conditional|Logical)/u.test(current.type)) return true;
  }
  return false;
}
