import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { contains, isLoop, meaningfulParent } from "../source/syntax.ts";
import { rootOf } from "../uses/chain.ts";
import { callsOf } from "../uses/functions.ts";
import { ownerOf } from "../uses/places.ts";
import type { Owner } from "../uses/places.ts";
import type { Lease } from "./lease.ts";

/** Whether a script runs an owner once, and ends with it: the file itself, `main()`, a function called on the spot. */
export function isScript({ names }: Resources, owner: Owner): boolean {
  if (owner.type === T.Program) return true;
  const [call, ...others] = callsOf(names, owner) ?? [];
  if (!call || others.length > 0 || ownerOf(call)?.type !== T.Program) return false;
  let current: TSESTree.Node = call;
  while (current.type !== T.ExpressionStatement) {
    if (current.type === T.Program) return false;
    current = current.parent;
  }
  // `await main()`, `main().catch(report)`
  const { expression } = current;
  const root = rootOf(expression.type === T.AwaitExpression ? expression.argument : expression);
  return root === call && !goesOnWithout(call);
}

/** `for (…) await main().catch(report)`, or with a `catch` around it: after a failure comes the next turn. */
function goesOnWithout(call: TSESTree.CallExpression): boolean {
  let isCaught = meaningfulParent(call)?.type === T.MemberExpression;
  for (let child: TSESTree.Node = call; child.parent; child = child.parent) {
    if (isCaught && isLoop(child)) return true;
    if (child.parent.type === T.TryStatement && child.parent.handler && child.parent.block === child) isCaught = true;
  }
  return false;
}

/** Whether what lends was made by the same function: who else would wait for it when that has ended? */
export function isLocalLender({ names }: Resources, { acquisition, owner }: Lease): boolean {
  const { lender } = acquisition;
  const variable = lender && names.variable(lender);
  const declared = variable?.defs[0]?.node;
  return declared?.type === T.VariableDeclarator && contains(owner, declared);
}

/** Whether it is held by a function to which it was passed: nobody catches what that throws. */
export function isCallback({ acquisition, owner }: Lease): boolean {
  return acquisition.call.arguments.some((argument) => argument === owner);
}
