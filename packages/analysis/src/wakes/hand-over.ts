import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { reaches } from "../flow/queries.ts";
import type { Resources } from "../resources/resources.ts";
import { stateKey } from "../source/occurrences.ts";
import { enclosingFunction, isCall, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { ownerOf, stepsAt } from "../uses/places.ts";
import { changeOf, takes } from "./change.ts";
import { REMOVALS, mentions } from "./state.ts";
import type { Atom } from "./state.ts";

/** The calls that wake one of a list of waiters, or all of them. */
function wakesOf({ file, names }: Resources, queue: string): TSESTree.CallExpression[] {
  return findAll(file.ast, isCall).filter((call) => {
    let root = unwrap(call.callee);
    if (root.type === T.MemberExpression && memberName(root) === "forEach")
      return stateKey(names, root.object) === queue;
    while (root.type === T.MemberExpression) root = unwrap(root.object);
    if (root.type === T.CallExpression) return takesFrom({ names }, root, queue);
    const variable = names.variable(root);
    const declared = variable?.defs[0]?.node as TSESTree.Node | undefined;
    if (declared?.type !== T.VariableDeclarator) return false;
    const loop = declared.parent.parent;
    const source = declared.init ?? (loop.type === T.ForOfStatement ? loop.right : undefined);
    return !!source && mentions(names, source, queue);
  });
}

/** `queue.shift()`. */
export function takesFrom({ names }: Pick<Resources, "names">, node: TSESTree.Node, queue: string): boolean {
  if (node.type !== T.CallExpression) return false;
  const callee = unwrap(node.callee);
  if (callee.type !== T.MemberExpression || stateKey(names, callee.object) !== queue) return false;
  return REMOVALS.has(memberName(callee)) || memberName(callee) === "splice";
}

/** Whether who wakes a waiter may also have freed the state: then it was not handed over, and others may take it. */
export function isFreedOnWake(resources: Resources, queue: string, atom: Atom): boolean {
  const { names } = resources;
  return wakesOf(resources, queue).some((wake) => {
    const owner = ownerOf(wake);
    if (!owner) return false;
    const wakes = new Set(stepsAt(owner, wake));
    return findAll(owner, (one): one is TSESTree.Node => "type" in one).some((node) => {
      const change = changeOf(names, node);
      if (change?.key !== atom.key || takes(change, atom) || enclosingFunction(node) !== owner) return false;
      const steps = new Set(stepsAt(owner, node));
      return reaches(steps, (step) => wakes.has(step)) || reaches(wakes, (step) => steps.has(step));
    });
  });
}
