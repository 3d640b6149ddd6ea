import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { GLOBAL } from "../source/origin.ts";
import type { Names } from "../source/names.ts";
import { membersNamed } from "../source/occurrences.ts";
import { isRace } from "../source/promise.ts";
import {
  contains,
  isCall,
  isFunction,
  isThrow,
  literalText,
  meaningfulParent,
  memberName,
  propertyName,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { nameOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { readsClock } from "./clock.ts";
import { isLog } from "./work.ts";
import type { Poll } from "./poll.ts";

// Functions that the turn calls, and those that they call.
const MAX_DEPTH = 2;

/** Whether something may end a poll that is no condition of its own: a clock, a signal, a race, what it calls. */
export function endsOtherwise(resources: Resources, poll: Poll): boolean {
  const { names } = resources;
  const { turn } = poll;
  if (readsClock(names, turn) || isBounded(resources, poll)) return true;
  const ends = (node: TSESTree.Node): node is TSESTree.Node => {
    switch (node.type) {
      case T.YieldExpression:
        return true;
      case T.CallExpression:
        return isRace(names, node) || leaves(names, node) || mayThrow(names, node) || isSettled(names, node, poll);
      case T.MemberExpression:
        return memberName(node) === "throwIfAborted";
      case T.Property:
        return propertyName(node.key, node.computed) === "signal" && unwrap(node.value).type !== T.CallExpression;
      case T.Identifier:
        return isGivenSignal(resources, node);
      default:
        return false;
    }
  };
  return findAll(turn, ends).length > 0;
}

/** `process.exit()`, `assert(…)`, `expect(…)`. */
function leaves(names: Names, call: TSESTree.CallExpression): boolean {
  const origin = names.origin(call.callee);
  const path = origin?.path.join(".") ?? "";
  if (origin?.module === GLOBAL)
    return /^(?:process\.(?:exit|abort|kill)|Deno\.exit|expect(?:\.|$)|assert(?:\.|$))/u.test(path);
  if (/\b(?:assert|chai)\b/u.test(origin?.module ?? "")) return true;
  return origin?.path[0] === "expect" || origin?.path[0] === "assert";
}

/** A signal that is handed to what the turn calls. */
function isGivenSignal(resources: Resources, node: TSESTree.Identifier): boolean {
  const parent = meaningfulParent(node);
  if (parent?.type !== T.CallExpression || unwrap(parent.callee) === (node as TSESTree.Node)) return false;
  return resources.is(resources.of(node), "global.AbortSignal") || /signal$/iu.test(node.name);
}

/** `reject(…)`: of the promise that the poll is to settle. */
function isSettled(names: Names, call: TSESTree.CallExpression, { turn }: Poll): boolean {
  const executor = executorAround(names, turn);
  const reject = executor?.params[1];
  const mentioned = reject && names.key(reject);
  if (mentioned === undefined) return false;
  return [call.callee, ...call.arguments].some((one) => names.key(one) === mentioned);
}

function executorAround(names: Names, node: TSESTree.Node): FunctionNode | undefined {
  for (let current: TSESTree.Node | undefined = node.parent; current; current = current.parent) {
    if (isFunction(current) && isExecutor(names, current)) return current;
  }
  return undefined;
}

function isExecutor(names: Names, node: FunctionNode): boolean {
  const made = meaningfulParent(node);
  return made?.type === T.NewExpression && names.origin(made.callee)?.path.join(".") === "Promise";
}

/** A function of this file that throws because of the time, or of a failure; one that we do not see is given the state. */
function mayThrow(names: Names, call: TSESTree.CallExpression, depth = 0): boolean {
  const body = memberFunctionOf(names, call.callee);
  if (!body) return isChecked(names, call);
  if (depth >= MAX_DEPTH) return false;
  if (readsClock(names, body)) return true;
  if (findAll(body, isThrow).some((one) => isForFailure(one, body))) return true;
  return findAll(body, isCall).some((inner) => mayThrow(names, inner, depth + 1) && !isChecked(names, inner));
}

/** Thrown where something is found to be in a state, not where an answer could not be had. */
function isForFailure(node: TSESTree.Node, body: FunctionNode): boolean {
  for (let { parent } = node; parent && parent !== body; { parent } = parent) {
    if (parent.type === T.SwitchCase) return true;
    if (parent.type !== T.IfStatement) continue;
    return findAll(parent.test, isStateWord).length > 0;
  }
  return false;
}

function isStateWord(node: TSESTree.Node): node is TSESTree.Node {
  return literalText(node) !== undefined || /error|fail|state|status/iu.test(memberName(node) ?? "");
}

/** `ensureNotFailed(job);` of another file. */
function isChecked(names: Names, call: TSESTree.CallExpression): boolean {
  const parent = meaningfulParent(call);
  const statement = parent?.type === T.AwaitExpression ? parent.parent : parent;
  if (statement?.type !== T.ExpressionStatement || isLog(names, call)) return false;
  const callee = unwrap(call.callee);
  const origin = names.origin(callee);
  if (!origin || origin.module === GLOBAL) return false;
  return (
    call.arguments.some((one) => {
      const argument = unwrap(one);
      return argument.type === T.Identifier || argument.type === T.MemberExpression;
    }) &&
    !/^(?:timers|timers\/promises|delay)$/u.test(origin.module) &&
    !/sleep|delay|pause|wait/iu.test(origin.path.join())
  );
}

/** Whether others give up waiting for the poll. */
function isBounded({ names, file }: Resources, poll: Poll): boolean {
  const { turn } = poll;
  const executor = poll.repeats.length > 0 ? executorAround(names, turn) : undefined;
  if (executor && isSettledOutside(names, executor, turn)) return true;
  let owner = isFunction(turn) && !executor ? turn : ownerOf(executor ?? turn);
  for (let depth = 0; owner && isFunction(owner) && depth < 3; depth += 1) {
    const uses = usesOf(names, owner, file.ast).filter((use) => !contains(turn, use));
    if (uses.some((use) => isHandedToClock(names, use))) return true;
    // A closure that its function calls.
    const next = ownerOf(owner);
    if (uses.length !== 1 || !next || !uses[0] || ownerOf(uses[0]) !== next) break;
    owner = next;
  }
  return false;
}

function usesOf(names: Names, owner: FunctionNode, ast: TSESTree.Program): TSESTree.Node[] {
  const variable = nameOf(names, owner);
  if (variable) return variable.references.filter((one) => one.isRead()).map(({ identifier }) => identifier);
  const member = owner.parent;
  if (member.type !== T.MethodDefinition && member.type !== T.PropertyDefinition) return [owner];
  const name = propertyName(member.key, member.computed);
  return name === undefined ? [] : [...membersNamed(ast, name)];
}

const RUNNERS =
  /^(?:it|test|before|after|beforeEach|afterEach|beforeAll|afterAll|suiteSetup|suiteTeardown|setup|teardown)$/u;

/** Something else waits for the same: a race, a test with its own time limit, `withTimeout(poll(), 500)`. */
function isHandedToClock(names: Names, use: TSESTree.Node): boolean {
  let node = use;
  let parent = meaningfulParent(node);
  if (parent?.type === T.CallExpression && unwrap(parent.callee) === unwrap(node)) {
    node = parent;
    parent = meaningfulParent(node);
  }
  while (parent && /^(?:then|catch|finally)$/u.test(memberName(parent) ?? "")) {
    const link = meaningfulParent(parent);
    if (link?.type !== T.CallExpression) break;
    node = link;
    parent = meaningfulParent(node);
  }
  if (parent?.type === T.ArrayExpression) {
    const call = meaningfulParent(parent);
    return call?.type === T.CallExpression && isRace(names, call);
  }
  if (parent?.type !== T.CallExpression || unwrap(parent.callee) === unwrap(node)) return false;
  const origin = names.origin(parent.callee);
  if (origin?.module === GLOBAL && /^(?:Promise|set)/u.test(origin.path[0] ?? "")) return false;
  if (origin && RUNNERS.test(origin.path[0] ?? "") && origin.module !== "test") return true;
  // A promise that somebody else is given, or a function that is given together with a number.
  if (node !== use) return true;
  return parent.arguments.some(
    (one) => unwrap(one).type === T.Literal && typeof (unwrap(one) as TSESTree.Literal).value === "number",
  );
}

/** The promise that a timed poll resolves is settled by others as well. */
function isSettledOutside(names: Names, executor: FunctionNode, turn: TSESTree.Node): boolean {
  return executor.params.some((parameter) => {
    const variable = names.variable(parameter);
    return variable?.references.some(({ identifier }) => !contains(turn, identifier)) === true;
  });
}
