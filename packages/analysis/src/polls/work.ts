import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { GLOBAL } from "../source/origin.ts";
import type { Names } from "../source/names.ts";
import {
  contains,
  isCall,
  isFunction,
  meaningfulParent,
  memberName,
  propertyName,
  rootObject,
  unwrap,
} from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { guardsOf } from "./exits.ts";
import type { Guard } from "./exits.ts";
import type { Poll } from "./poll.ts";
import { isSleep } from "./sleep.ts";

const PURE = /^(?:Array|BigInt|Boolean|Intl|JSON|Math|Number|Object|String|clear(?:Timeout|Interval)|console)(?:\.|$)/u;
const LOGS = /^(?:debug|error|info|log|notice|print|silly|trace|verbose|warn|write)$/u;

/** Whether each turn does something else than to look and to sleep: then it is a worker, not a poll. */
export function hasWork(names: Names, poll: Poll): boolean {
  const { turn, repeats } = poll;
  const looks = lookedAt(names, poll);
  if (computes(names, poll, looks) || findAll(turn, isCall).some(isStep)) return true;
  return findAll(turn, isCall).some((call) => {
    if (repeats.includes(call) || isPure(names, call) || isLog(names, call) || isSleep(names, call)) return false;
    if (looks.some((node) => contains(node, call)) || isLast(call, poll)) return false;
    return (
      !repeats.some((one) => (contains(one, call) && !contains(one, turn)) || contains(call, one)) &&
      !isPartOfSleep(names, call, turn)
    );
  });
}

/** `iterator.next()`, `const { value, done } = await reader.read()`: what moves its source forward does not only look. */
function isStep(call: TSESTree.CallExpression): boolean {
  const name = memberName(unwrap(call.callee));
  if (call.arguments.length > 0 || (name !== "next" && name !== "read")) return false;
  const answer = call.parent.type === T.AwaitExpression ? call.parent.parent : call.parent;
  const isDone = (one: TSESTree.Node): boolean =>
    one.type === T.Property && propertyName(one.key, one.computed) === "done";
  if (answer.type !== T.VariableDeclarator || answer.id.type !== T.ObjectPattern) return name === "next";
  return answer.id.properties.some(isDone);
}

/** Whether each turn gives something to variables that neither the conditions nor the sleep look at. */
function computes(names: Names, { turn }: Poll, looks: readonly TSESTree.Node[]): boolean {
  const isChange = (node: TSESTree.Node): node is TSESTree.AssignmentExpression | TSESTree.UpdateExpression =>
    node.type === T.AssignmentExpression || node.type === T.UpdateExpression;
  const heard = new Set(
    [...looks, ...findAll(turn, isCall).filter((call) => isLog(names, call) || isSleep(names, call))].flatMap((node) =>
      findAll(node, isIdentifier).map((one) => names.key(one)),
    ),
  );
  return findAll(turn, isChange).some((change) => {
    const target = change.type === T.UpdateExpression ? change.argument : change.left;
    const root = rootObject(target);
    return root.type === T.Identifier && !heard.has(names.key(root));
  });
}

export function isLog(names: Names, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (names.origin(callee)?.path[0] === "console") return true;
  if (LOGS.test(memberName(callee) ?? "")) return true;
  // `report("still waiting for …")`.
  const [first] = call.arguments;
  const text = first && unwrap(first);
  const isText = text?.type === T.TemplateLiteral || (text?.type === T.Literal && typeof text.value === "string");
  return isText && call.arguments.length === 1 && meaningfulParent(call)?.type === T.ExpressionStatement;
}

function isPure(names: Names, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  return origin?.module === GLOBAL && PURE.test(origin.path.join("."));
}

/** `new Promise((resolve) => setTimeout(resolve, 10))`. */
function isPartOfSleep(names: Names, call: TSESTree.CallExpression, turn: TSESTree.Node): boolean {
  let current: TSESTree.Node = call;
  while (current.parent && current !== turn && current.type !== T.NewExpression) current = current.parent;
  return isSleep(names, current);
}

/** Done once, on the way out. */
function isLast(call: TSESTree.CallExpression, { exits, turn, repeats }: Poll): boolean {
  // Behind `if (!done) return;`, as the end itself.
  const passed = guardsOf(call, turn);
  const isBeside = exits.some(({ node, guards }) => {
    const isOwn = node.type === T.CallExpression && !repeats.includes(node);
    return isOwn && guards.every((guard) => passed.some((one) => isSame(one, guard)));
  });
  if (isBeside) return true;
  for (
    let child: TSESTree.Node = call, parent = call.parent as TSESTree.Node | undefined;
    parent && child !== turn;
    child = parent, parent = parent.parent
  ) {
    if (parent.type === T.ReturnStatement) return true;
    if ((parent.type !== T.IfStatement && parent.type !== T.ConditionalExpression) || child === parent.test) continue;
    const branch = child;
    const isIn = (node: TSESTree.Node): boolean => contains(branch, node);
    if (repeats.some(isIn)) continue;
    if (exits.some(({ node }) => isIn(node))) return true;
    // Where the other branch asks again, this one does not.
    const other = branch === parent.consequent ? parent.alternate : parent.consequent;
    if (repeats.length > 0 && (leaves(branch) || repeats.some((one) => other && contains(other, one)))) return true;
  }
  return false;
}

function leaves(node: TSESTree.Node): boolean {
  const last = node.type === T.BlockStatement ? node.body.at(-1) : node;
  return last?.type === T.ReturnStatement;
}

/** The conditions of a poll, and what gives them what they look at. */
function lookedAt(names: Names, { exits, turn }: Poll): TSESTree.Node[] {
  const found = exits.flatMap(({ guards }) => guards.map(testOf));
  const seen = new Set<Scope.Variable>();
  for (const node of found) {
    for (const identifier of findAll(node, isIdentifier)) {
      const variable = names.variable(identifier);
      if (!variable || seen.has(variable)) continue;
      seen.add(variable);
      for (const { identifier: place, writeExpr } of variable.references) {
        if (writeExpr && contains(turn, place)) found.push(writeExpr);
      }
      // `.then((status) => …)`.
      const owner = variable.defs[0]?.node as TSESTree.Node | undefined;
      if (isFunction(owner) && owner !== turn && contains(turn, owner)) found.push(...calledWith(owner));
    }
  }
  // `await job.refresh()` or `job.state = await ask()` before `job.state` is looked at.
  const keys = new Set(
    found
      .flatMap((node) => findAll(node, isMember))
      .flatMap((one) => [one.object, one].flatMap((part) => names.key(part) ?? [])),
  );
  for (const call of findAll(turn, isCall)) {
    const callee = unwrap(call.callee);
    // A method of this file is seen into: it may do anything else.
    const body = memberFunctionOf(names, callee);
    if (body && !changesOne(names, body, found)) continue;
    const receiver = callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
    const object = receiver && (body || receiver.type !== T.ThisExpression) ? names.key(receiver) : undefined;
    if (object !== undefined && keys.has(object) && call.parent.type === T.AwaitExpression) found.push(call);
    const given = call.parent.type === T.AwaitExpression ? call.parent.parent : call.parent;
    if (given.type === T.AssignmentExpression && keys.has(names.key(given.left) ?? "")) found.push(call);
  }
  return found;
}

/** Whether a function itself gives something to what is looked at. */
function changesOne(names: Names, body: TSESTree.Node, looks: readonly TSESTree.Node[]): boolean {
  const keys = new Set(looks.flatMap((node) => findAll(node, isMember)).map((one) => names.key(one)));
  const isChange = (one: TSESTree.Node): one is TSESTree.AssignmentExpression =>
    one.type === T.AssignmentExpression && keys.has(names.key(one.left) ?? "");
  return findAll(body, isChange).length > 0;
}

function isSame(one: Guard, other: Guard): boolean {
  return "test" in one && "test" in other && one.test === other.test && one.outcome === other.outcome;
}

function testOf(guard: Guard): TSESTree.Node {
  return "test" in guard ? guard.test : guard.subject;
}

/** `getStatus().then((status) => …)`: the promise before the callback. */
function calledWith(callback: TSESTree.Node): TSESTree.Node[] {
  const call = meaningfulParent(callback);
  const callee = call?.type === T.CallExpression ? unwrap(call.callee) : undefined;
  return callee?.type === T.MemberExpression ? [callee.object, callee] : call ? [call] : [];
}

function isIdentifier(node: TSESTree.Node): node is TSESTree.Identifier {
  return node.type === T.Identifier;
}

function isMember(node: TSESTree.Node): node is TSESTree.MemberExpression {
  return node.type === T.MemberExpression;
}
