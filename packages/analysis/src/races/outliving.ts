import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { readsClock } from "../polls/clock.ts";
import { ownValue } from "../source/field.ts";
import type { Names } from "../source/names.ts";
import { programOf } from "../source/program-files.ts";
import {
  contains,
  enclosingClass,
  isAwaited,
  isCall,
  isFunction,
  memberName,
  propertyName,
  thisMember,
  unwrap,
} from "../source/syntax.ts";
import type { FunctionNode, LoopNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { rootOf } from "../uses/chain.ts";
import { calledFunction } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import { isTimer, sleeps } from "../uses/sleep.ts";
import { exitsIn } from "./race.ts";
import type { Race } from "./race.ts";

/** A promise that outlives a loop, as a runner of each of its races. */
export interface Outliving {
  readonly runner: TSESTree.Node;
  /** Where the promise was made, or given. */
  readonly made: TSESTree.Node;
}

/** A runner that was made before the loop and is not replaced in it. */
export function outlivingRunner(
  names: Names,
  { runners, loop }: Pick<Race, "loop" | "runners">,
): Outliving | undefined {
  // Where the clock ends the loop, it has only so many turns.
  if ("test" in loop && loop.test && readsClock(names, loop.test)) return undefined;
  for (const runner of runners) {
    const found = standing(names, runner);
    if (!found || isReplacedIn(names, loop, rootOf(runner)) || isSettledBefore(names, loop, rootOf(runner))) continue;
    const { made } = found;
    // A deadline for the whole loop ends it.
    if (contains(loop, made) || isDeadline(names, made) || endsTogether(names, made, loop)) continue;
    return found;
  }
  return undefined;
}

/** A runner that was made outside of the function which races it, so that each turn of the loop finds the same one. */
export function outlivingCalls(names: Names, owner: FunctionNode, { runners, loop }: Race): Outliving | undefined {
  const outside = runners.filter((runner) => {
    const made = standing(names, runner)?.made;
    return !(made && contains(owner, made)) && !isReplacedIn(names, owner, rootOf(runner));
  });
  return outlivingRunner(names, { runners: outside, loop });
}

/** A runner that is kept under a name which nobody gives another promise. */
function standing(names: Names, runner: TSESTree.Node): Outliving | undefined {
  const root = rootOf(runner);
  if (names.key(root) === undefined) return undefined;
  if (root.type === T.Identifier) {
    const variable = names.variable(root);
    const definition = variable?.defs[0];
    if (!variable || !definition) return undefined;
    const start = names.initial(variable);
    if (start) return unwrap(start.value).type === T.Literal ? undefined : { runner, made: start.value };
    const isWritten = variable.references.some((reference) => reference.isWrite() && !reference.init);
    return isWritten ? undefined : { runner, made: definition.name as TSESTree.Node };
  }
  return standingMember(names, runner, root);
}

function standingMember(names: Names, runner: TSESTree.Node, root: TSESTree.Node): Outliving | undefined {
  const path = new Set<string | undefined>();
  let node = root;
  for (; node.type === T.MemberExpression; node = unwrap(node.object)) {
    if (thisMember(node) !== undefined) {
      const made = madeField(names, node);
      return made && { runner, made };
    }
    path.add(memberName(node));
  }
  const variable = names.variable(node);
  const declared = variable?.defs[0]?.name as TSESTree.Node | undefined;
  const given = declared && isParameter(declared) ? declared : undefined;
  const made = variable && (names.initial(variable)?.value ?? given);
  return made && !isRenewed(runner, path) ? { runner, made } : undefined;
}

/** What a field is given when its object is made, if it keeps that. */
function madeField(names: Names, node: TSESTree.MemberExpression): TSESTree.Node | undefined {
  const body = enclosingClass(node)?.body;
  const value = ownValue(node);
  if (!body || !value) return undefined;
  const owner = ownerOf(value);
  if (!isFunction(owner) || !contains(body, owner)) return value;
  // What is set by a method of its own may be set again by whoever calls that.
  const isCalledHere = findAll(body, isCall).some((call) => calledFunction(names, call) === owner);
  return isCalledHere ? undefined : value;
}

/** Whether some object of the file gets another value as a member of one of these names, or computes it. */
function isRenewed(node: TSESTree.Node, path: ReadonlySet<string | undefined>): boolean {
  const isWrite = (part: TSESTree.Node): part is TSESTree.Node => {
    if (part.type === T.MethodDefinition || part.type === T.Property) {
      return part.kind === "get" && path.has(propertyName(part.key, part.computed));
    }
    return part.type === T.AssignmentExpression && path.has(memberName(unwrap(part.left)));
  };
  return findAll(programOf(node), isWrite).length > 0;
}

/** A promise of one call of a function, raced in a loop that ends with its input, is let go with all that it keeps. */
function endsTogether(names: Names, made: TSESTree.Node, loop: LoopNode): boolean {
  const owner = ownerOf(loop);
  const isLocal = isFunction(owner) && ownerOf(made) === owner;
  return isLocal && !isParameter(made) && !isForEver(loop) && !isUntilStopped(names, loop);
}

function isParameter(node: TSESTree.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (isFunction(parent)) return parent.body !== child;
  }
  return false;
}

function isForEver(loop: LoopNode): boolean {
  return "test" in loop && (!loop.test || (loop.test.type === T.Literal && Boolean(loop.test.value)));
}

/** `while (!signal.aborted)`: only somebody else ends it, however long that takes. */
function isUntilStopped(names: Names, loop: LoopNode): boolean {
  if (loop.type !== T.WhileStatement && loop.type !== T.DoWhileStatement) return false;
  const test = unwrap(loop.test);
  const flag = test.type === T.UnaryExpression && test.operator === "!" ? unwrap(test.argument) : test;
  // The size of a queue ends the loop with its input.
  const isFlag =
    flag.type === T.Identifier ||
    (flag.type === T.MemberExpression && (thisMember(flag) !== undefined || memberName(flag) === "aborted"));
  if (!isFlag || names.key(flag) === undefined || isReplacedIn(names, loop, flag)) return false;
  return exitsIn(loop.body).length === 0;
}

/** Whether a promise was awaited before the loop: then it is settled, and keeps no reactions. */
function isSettledBefore(names: Names, loop: LoopNode, root: TSESTree.Node): boolean {
  const variable = names.variable(root);
  const isBefore = (node: TSESTree.Node): boolean =>
    isAwaited(node) && node.range[1] < loop.range[0] && ownerOf(node) === ownerOf(loop);
  return variable?.references.some(({ identifier }) => isBefore(identifier)) === true;
}

/** Whether a name, or what it is a member of, gets another value within some code. */
export function isReplacedIn(names: Names, code: TSESTree.Node, root: TSESTree.Node): boolean {
  const key = names.key(root) ?? "";
  const isWrite = (part: TSESTree.Node): part is TSESTree.AssignmentExpression => part.type === T.AssignmentExpression;
  return findAll(code, isWrite).some(({ left }) => {
    const written = names.key(left);
    return written !== undefined && (key === written || key.startsWith(`${written}.`));
  });
}

function isDeadline(names: Names, node: TSESTree.Node): boolean {
  return sleeps(names, node) || findAll(node, isCall).some((call) => isTimer(names, call));
}
