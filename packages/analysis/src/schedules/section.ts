import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { standsFor } from "../source/names.ts";
import { stateKey } from "../source/occurrences.ts";
import { isReaction } from "../source/promise.ts";
import {
  contains,
  enclosingFunction,
  isFunction,
  mayWait,
  memberName,
  propertyName,
  propertyValue,
  unwrap,
} from "../source/syntax.ts";
import { findAll, walk } from "../source/walk.ts";
import { registrationOf } from "../wakes/waiter.ts";

/** A call or an assignment that puts a run behind those that have not ended yet. */
export interface Section {
  readonly node: TSESTree.Node;
  /** The lock, limiter or queue, as far as it has a name. */
  readonly lock: TSESTree.Node;
}

/** How a node waits for a section that others may hold; undefined where it does not, or gives up by itself. */
export function sectionOf(resources: Resources, node: TSESTree.Node): Section | undefined {
  switch (node.type) {
    case T.CallExpression:
      return libraryOf(resources, node) ?? ownLock(resources, node);
    case T.AssignmentExpression:
      return chainOf(resources, node);
    default:
      return undefined;
  }
}

/** `lock.runExclusive(…)`, `limit(…)`, `queue.add(…)`. */
function libraryOf(resources: Resources, node: TSESTree.CallExpression): Section | undefined {
  const callee = unwrap(node.callee);
  const isItself = callee.type !== T.MemberExpression || resources.method(resources.of(callee), "@@call") !== undefined;
  const lock = isItself ? callee : callee.object;
  const kind = resources.of(lock);
  const name = isItself ? "@@call" : (memberName(callee) ?? "");
  const call = resources.method(kind, name);
  if (call?.acquires !== "lock" && call?.acquires !== "permit") return undefined;
  const maker = resources.maker(lock);
  // With a time limit of its own, a run that cannot begin gives up.
  if ([...(maker?.arguments ?? []), ...node.arguments].some(hasTimeout)) return undefined;
  const { argument, property } = resources.call(maker ?? lock)?.permits ?? {};
  if (property !== undefined && kind === "p-queue.PQueue" && numberIn(maker?.arguments[argument ?? 0], property) !== 1)
    return undefined;
  const during = typeof call.during === "number" ? node.arguments[call.during] : node.arguments.at(-1);
  return call.during !== undefined && during && isInstant(during) ? undefined : { node, lock };
}

const LIMITS: ReadonlySet<string | undefined> = new Set(["ifAvailable", "maxPending", "signal", "timeout"]);

function hasTimeout(node: TSESTree.Node): boolean {
  return (
    node.type === T.ObjectExpression &&
    node.properties.some((one) => one.type !== T.Property || LIMITS.has(propertyName(one.key, one.computed)))
  );
}

function numberIn(options: TSESTree.Node | undefined, name: string): unknown {
  const value = propertyValue(options, name);
  return value?.type === T.Literal ? value.value : undefined;
}

/** What does not wait is through before the next tick. */
function isInstant(node: TSESTree.Node): boolean {
  const task = unwrap(node);
  if (!isFunction(task) || mayWait(task)) return false;
  if (task.body.type !== T.BlockStatement)
    return task.body.type !== T.CallExpression && task.body.type !== T.NewExpression;
  return !task.body.body.some((one) => one.type === T.ReturnStatement && one.argument !== null);
}

/** A call of a function of this file that adds its caller to a list of waiters. */
function ownLock(resources: Resources, node: TSESTree.CallExpression): Section | undefined {
  const waiter = registrationOf(resources, node);
  const callee = unwrap(node.callee);
  return waiter && { node, lock: callee.type === T.MemberExpression ? callee.object : callee };
}

/** A lock made of promises: `tail = tail.then(work)`, or `const before = tail; tail = new Promise(…); await before`. */
function chainOf({ names }: Resources, node: TSESTree.AssignmentExpression): Section | undefined {
  const key = node.operator === "=" ? stateKey(names, node.left) : undefined;
  const owner = enclosingFunction(node);
  if (key === undefined || !owner || !isOutside(names, node.left, owner)) return undefined;
  const continues = (one: TSESTree.Node): boolean => {
    if (one.type !== T.CallExpression) return false;
    const callee = unwrap(one.callee);
    if (callee.type !== T.MemberExpression || !isReaction(memberName(callee))) return false;
    return stateKey(names, callee.object) === key || continues(standsFor(names, callee.object));
  };
  const right = standsFor(names, node.right);
  if (continues(right)) return { node, lock: node.left };
  const before = findAll(
    owner,
    (one): one is TSESTree.AwaitExpression => one.type === T.AwaitExpression && holds(names, one.argument, key),
  );
  const isPromise = right.type === T.NewExpression || right.type === T.MemberExpression;
  return isPromise && before.length > 0 ? { node, lock: node.left } : undefined;
}

/** `const before = tail`, where the tail is a variable that changes. */
function holds(names: Resources["names"], node: TSESTree.Node, key: string): boolean {
  const expression = unwrap(node);
  const held = names.held(expression);
  return held !== undefined && stateKey(names, held) === key;
}

function isOutside(names: Resources["names"], node: TSESTree.Node, owner: TSESTree.Node): boolean {
  let isOut = true;
  walk(node, (one) => {
    const declared = names.variable(one)?.identifiers[0] as TSESTree.Node | undefined;
    if (declared && contains(owner, declared)) isOut = false;
  });
  return isOut;
}
