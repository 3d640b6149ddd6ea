import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { reaches } from "../flow/queries.ts";
import { mayMean } from "../resources/may-mean.ts";
import type { Resources } from "../resources/resources.ts";
import { callsOn, occurrencesOf } from "../source/occurrences.ts";
import type { MethodCall } from "../source/occurrences.ts";
import { contains, isAwaited, isCall, literalText, memberName, propertyValue, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { callsOf } from "../uses/functions.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import { workOf } from "./work.ts";

/** A command that blocks its connection for as long as it likes, while others need that connection. */
export interface BlockedConnection {
  readonly command: TSESTree.CallExpression;
  readonly connection: TSESTree.Node;
  /** A command behind it. */
  readonly behind: TSESTree.CallExpression;
}

/** Commands of a file that block a connection, without a limit, which other code uses at the same time. */
export function findBlockedConnections(resources: Resources): BlockedConnection[] {
  return findAll(resources.file.ast, isCall).flatMap((command): BlockedConnection[] => {
    if (!isEndless(command) || !mayMean(resources, command, "blocks")) return [];
    if (resources.call(command)?.blocks !== "connection") return [];
    const connection = connectionOf(command);
    const key = connection && resources.names.key(connection);
    if (!connection || key === undefined || !resources.maker(connection)) return [];
    const others = callsOn(occurrencesOf(resources.names, resources.file.ast, key));
    const behind = others.find((other) => isCommand(resources, other) && mayComeBehind(resources, command, other.call));
    return behind ? [{ command, connection, behind: behind.call }] : [];
  });
}

function connectionOf({ callee }: TSESTree.CallExpression): TSESTree.Node | undefined {
  const member = unwrap(callee);
  return member.type === T.MemberExpression ? unwrap(member.object) : undefined;
}

/** Whether it waits without a limit: a time of 0 comes last, or behind `BLOCK`. */
function isEndless({ arguments: given }: TSESTree.CallExpression): boolean {
  const isZero = (node: TSESTree.Node | undefined): boolean => {
    const value = node && unwrap(node);
    return value?.type === T.Literal && (value.value === 0 || value.value === "0");
  };
  const block = given.findIndex((argument) => literalText(argument)?.toUpperCase() === "BLOCK");
  if (block >= 0) return isZero(given[block + 1]);
  const inOptions = given.some((argument) => isZero(propertyValue(unwrap(argument), "BLOCK")));
  return inOptions || isZero(given.at(-1)) || isZero(given[0]);
}

const NO_COMMANDS: ReadonlySet<string | undefined> = new Set([
  ..."addListener connect destroy disconnect duplicate emit end off on once quit removeAllListeners unref".split(" "),
]);

/** Whether a call is another command of a connection, which is answered in its turn. */
function isCommand(resources: Resources, { call, method }: MethodCall): boolean {
  return !NO_COMMANDS.has(method) && resources.call(call)?.blocks === undefined;
}

/** Whether a command may be sent while another one, which was sent before, still blocks. */
function mayComeBehind(
  resources: Resources,
  command: TSESTree.CallExpression,
  other: TSESTree.CallExpression,
): boolean {
  const owner = ownerOf(command);
  const otherOwner = ownerOf(other);
  if (!owner || !otherOwner) return false;
  if (owner === otherOwner) return !isAwaited(command) && follows(owner, command, other);
  if (isCalledBy(resources, owner, otherOwner)) return false;
  // A function that others call, whenever they like.
  if (otherOwner.type !== T.Program && isApart(otherOwner) && !contains(otherOwner, command)) return true;
  return isStartedBefore(resources, owner, other);
}

function follows(owner: Owner, first: TSESTree.Node, second: TSESTree.Node): boolean {
  const targets = new Set(stepsAt(owner, second));
  return reaches(stepsAt(owner, first), (step) => targets.has(step));
}

/** Whether code runs a function itself, and waits for it: one after the other. */
function isCalledBy(resources: Resources, owner: Owner, callee: Owner, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (contains(owner, callee)) return true;
  return findAll(owner, isCall).some((call) => {
    const frame = workOf(resources, owner)
      .find(({ node }) => node === call)
      ?.frame();
    return frame !== undefined && isCalledBy(resources, frame.callee.node, callee, depth + 1);
  });
}

// Helpers of helpers.
const MAX_DEPTH = 3;

/** Whether a function is exported, or answers requests: not one that runs before or after everything else. */
function isApart(node: FunctionNode): boolean {
  const { parent } = node;
  const declaration = parent.type === T.VariableDeclarator ? parent.parent.parent : parent;
  if (declaration.type === T.ExportNamedDeclaration || declaration.type === T.ExportDefaultDeclaration) return true;
  if (parent.type === T.MethodDefinition) return parent.kind === "method";
  return parent.type === T.CallExpression && isListener(parent);
}

const LISTENS: ReadonlySet<string | undefined> = new Set([
  ..."createServer delete get on patch post put setInterval".split(" "),
]);

function isListener({ callee }: TSESTree.CallExpression): boolean {
  const called = unwrap(callee);
  return LISTENS.has(called.type === T.Identifier ? called.name : memberName(called));
}

/** `consume(); await redis.rpush(…)`: the function with the blocking command runs by then, and nobody waits for it. */
function isStartedBefore(resources: Resources, started: Owner, other: TSESTree.CallExpression): boolean {
  const owner = ownerOf(other);
  if (!owner || started.type === T.Program) return false;
  const calls = callsOf(resources.names, started) ?? [];
  return calls.some((call) => ownerOf(call) === owner && !isAwaited(call) && follows(owner, call, other));
}
