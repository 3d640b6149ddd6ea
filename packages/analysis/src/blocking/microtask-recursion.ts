import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { contains, isCall, isFunction, meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import type { FunctionNode } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { memberFunctionOf } from "../uses/callee.ts";
import { ownerOf } from "../uses/places.ts";
import { isMicrotask, isTimer } from "./apis.ts";
import { guardsOf } from "./exits.ts";
import type { Exit, Guard } from "./exits.ts";
import type { MicrotaskSpin } from "./microtask-loops.ts";
import { settlingOf } from "./settling.ts";
import { standstillOf } from "./standstill.ts";

/** The functions of a file that run themselves again as a microtask until something comes that the event loop brings. */
export function findMicrotaskRecursions(resources: Resources): MicrotaskSpin[] {
  const { ast } = resources.file;
  return findAll(ast, isFunction).flatMap((owner): MicrotaskSpin[] => {
    const calls = findAll(owner, isCall);
    // Now and then it comes back by the event loop.
    if (
      calls.some(
        (call) => isTimer(resources.names, call) && call.arguments.some((one) => guardsIn(resources, one, owner)),
      )
    ) {
      return [];
    }
    const again = calls.flatMap((call) => againBy(resources, call, owner) ?? []);
    const [turn, ...others] = again;
    if (!turn || others.length > 0) return [];
    const exits: Exit[] = [...guardsOf(turn.call, owner), ...turn.guards].map(({ test, outcome }) => [
      { test, outcome: !outcome },
    ]);
    if (exits.length === 0) return [{ kind: "recursion", node: turn.node, standstill: undefined }];
    const standstill = standstillOf(resources, { node: owner, lets: "microtasks" }, exits);
    return standstill ? [{ kind: "recursion", node: turn.node, standstill }] : [];
  });
}

interface Again {
  /** The call by which the function runs again. */
  readonly call: TSESTree.CallExpression;
  /** What makes that a microtask. */
  readonly node: TSESTree.Node;
  /** What its callback tests before. */
  readonly guards: readonly Guard[];
}

function againBy(resources: Resources, call: TSESTree.CallExpression, owner: FunctionNode): Again | undefined {
  const { names } = resources;
  if (isWithinNested(call, owner)) return undefined;
  const callee = unwrap(call.callee);
  const isChained = callee.type === T.MemberExpression && memberName(callee) === "then";
  if (isChained || isMicrotask(names, call)) {
    const [first] = call.arguments;
    const guards = first && guardsIn(resources, first, owner);
    const isSettled = guards && (!isChained || settlingOf(resources, callee.object) === "settled");
    return isSettled ? { call, node: call, guards } : undefined;
  }
  return owner.async && memberFunctionOf(names, callee) === owner ? asyncAgain(resources, call, owner) : undefined;
}

/** `await null; return poll();`: all that it waits for besides itself has settled. */
function asyncAgain(resources: Resources, call: TSESTree.CallExpression, owner: FunctionNode): Again | undefined {
  const isOwnWait = (node: TSESTree.Node): node is TSESTree.AwaitExpression | TSESTree.ForOfStatement =>
    (node.type === T.AwaitExpression || (node.type === T.ForOfStatement && node.await)) && ownerOf(node) === owner;
  const waits = findAll(owner, isOwnWait).filter((wait) => !contains(wait, call));
  const [first] = waits;
  const isSettled = waits.every(
    (wait) => wait.type === T.AwaitExpression && settlingOf(resources, wait.argument) === "settled",
  );
  const parent = meaningfulParent(call);
  const isLast = parent?.type === T.ReturnStatement || parent?.type === T.AwaitExpression || parent === owner;
  return first && isSettled && isLast ? { call, node: first, guards: [] } : undefined;
}

/** Under what conditions a callback runs the function: none where it is that function; undefined where it never does. */
function guardsIn({ names }: Resources, callback: TSESTree.Node, owner: FunctionNode): readonly Guard[] | undefined {
  const expression = unwrap(callback);
  if (memberFunctionOf(names, expression) === owner) return [];
  if (!isFunction(expression) || expression === owner) return undefined;
  const isSame = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    isCall(node) && memberFunctionOf(names, node.callee) === owner;
  const [call, ...others] = findAll(expression, isSame);
  return call && others.length === 0 && ownerOf(call) === expression ? guardsOf(call, expression) : undefined;
}

function isWithinNested(node: TSESTree.Node, owner: FunctionNode): boolean {
  return ownerOf(node) !== owner;
}
