import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Resources } from "../resources/resources.ts";
import { contains } from "../source/syntax.ts";
import type { Happening, Situation } from "../uses/pending.ts";
import { pendingAt } from "../uses/pending.ts";
import { standingsOf } from "../uses/standing.ts";
import type { Standing } from "../uses/standing.ts";

/** What a wait at one branch does while the other is unread. */
export type Effect =
  /** It never ends: both branches share the room of one buffer. */
  | "hangs"
  /** It ends, but all of the data is kept for the other branch. */
  | "keeps"
  /** It never ends: a branch is cancelled only when both are. */
  | "uncancelled";

/** A wait for one branch of a source while another one stands unread. */
export interface UnreadBranch {
  readonly wait: TSESTree.Node;
  readonly effect: Effect;
  /** Where the source was split. */
  readonly split: TSESTree.Node;
  /** The branch that is waited for. */
  readonly waiting: TSESTree.Node;
  /** The branch that is not read; the split itself if it has no name. */
  readonly unread: TSESTree.Node;
  /** Where it is read after all, too late. */
  readonly read: TSESTree.Node | undefined;
}

/** One of the things into which a source was split, as far as this file uses it. */
export interface Branch {
  /** What names it in a message. */
  readonly node: TSESTree.Node;
  /** Where it is made, if it may be read before the source is split. */
  readonly made?: TSESTree.Node | undefined;
  /** Whether the caller of the code that splits it has it as well, and may read it meanwhile. */
  readonly isShared?: boolean;
  readonly variables: ReadonlySet<Scope.Variable>;
  /** What reads it, gets rid of it, or gives it to somebody who may. */
  readonly releases: readonly Happening[];
  readonly waits: readonly BranchWait[];
}

export interface BranchWait extends Happening {
  /** The promise of its end, or the loop over it. */
  readonly node: TSESTree.Node;
  readonly effect: Effect;
}

/** Waits for one branch that are reached while the other is unread. */
export function unreadBeside(
  { names }: Resources,
  split: TSESTree.Node,
  waiting: Branch,
  other: Branch,
): UnreadBranch[] {
  const variables = new Set([...waiting.variables, ...other.variables]);
  const situation = { names, origin: split, variables, releases: other.releases, barriers: [] };
  const found = new Map<TSESTree.Node, UnreadBranch>();
  for (const { node, calls, effect } of waiting.waits) {
    for (const standing of placesOf(names, node, other)) {
      const wait = pendingAt(situation, standing, calls);
      if (!wait || found.has(wait) || !isUnreadSinceMade(situation, standing, calls, other)) continue;
      const read = other.releases.find((release) => release.node.range[0] > wait.range[0])?.node;
      // Only code that goes on with it after the wait shows that nobody reads it before.
      if (other.isShared && (standing.how !== "stands" || !read)) continue;
      found.set(wait, { wait, effect, split, waiting: waiting.node, unread: other.node, read });
    }
  }
  return [...found.values()];
}

function isUnreadSinceMade(
  situation: Situation,
  standing: Standing,
  calls: Happening["calls"],
  { made }: Branch,
): boolean {
  return made === undefined || pendingAt({ ...situation, origin: made }, standing, calls) !== undefined;
}

function placesOf(names: Resources["names"], node: TSESTree.Node, other: Branch): Standing[] {
  if (node.type !== T.ForOfStatement) return standingsOf(names, node);
  // Branches that are read in turn keep step with each other.
  const inTurn = other.releases.some((release) => contains(node.body, release.node));
  return inTurn ? [] : [{ node, how: "stands", after: [] }];
}
