import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "../resources/resources.ts";
import { meaningfulParent, memberName, unwrap } from "../source/syntax.ts";
import { findAll } from "../source/walk.ts";
import { usesOf } from "../uses/uses.ts";
import type { Use } from "../uses/uses.ts";
import { unreadBeside } from "./branch.ts";
import type { Branch, BranchWait, UnreadBranch } from "./branch.ts";
import { streamUse } from "./consumers.ts";

const OPTIONS = { parts: new Set<string>(), chained: new Set(["getReader"]) };

/** Reads and cancellations of one branch of `stream.tee()` while the other is unread. */
export function unreadTees(resources: Resources): UnreadBranch[] {
  return findAll(resources.file.ast, isTee).flatMap((call) => {
    const declarator = meaningfulParent(call);
    if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.ArrayPattern) return [];
    const [one, other] = [0, 1].map((index) => {
      const element = (declarator.id as TSESTree.ArrayPattern).elements[index];
      return branchOf(resources, call, element ?? undefined);
    });
    if (!one || !other) return [];
    return [...unreadBeside(resources, call, one, other), ...unreadBeside(resources, call, other, one)];
  });
}

function isTee(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === T.CallExpression && node.arguments.length === 0 && memberName(unwrap(node.callee)) === "tee";
}

/** A branch that is not even named is never read. */
function branchOf(resources: Resources, call: TSESTree.Node, element: TSESTree.Node | undefined): Branch | undefined {
  if (!element) return { node: call, variables: new Set(), releases: [], waits: [] };
  if (element.type !== T.Identifier) return undefined;
  const { uses, variables } = usesOf(resources.names, element, OPTIONS);
  const releases: Use[] = [];
  const waits: BranchWait[] = [];
  for (const use of uses) {
    const { releases: isRelease, end, cancel } = streamUse(resources, use.node);
    if (isRelease) releases.push(use);
    if (end) waits.push({ node: end, calls: use.calls, effect: "keeps" });
    if (cancel && !isLocked(uses, use)) waits.push({ node: cancel, calls: use.calls, effect: "uncancelled" });
  }
  return { node: element, variables, releases, waits };
}

/** Who was given a branch before may hold it locked, or have read it to its end: then `cancel()` settles at once. */
function isLocked(uses: readonly Use[], cancelled: Use): boolean {
  const [{ range }] = [...cancelled.calls, cancelled.node] as [TSESTree.Node];
  return uses.some(({ node }) => {
    const parent = meaningfulParent(node);
    const isHanded = parent?.type !== T.MemberExpression || memberName(parent)?.startsWith("pipe") === true;
    return isHanded && node.range[0] < range[0];
  });
}
