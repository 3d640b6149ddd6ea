import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { programOf } from "./program-files.ts";
import { childrenOf } from "./syntax.ts";

/** Visits a node and everything below it, in the order of the source. Returning false leaves out what is below. */
export function walk(node: TSESTree.Node, visit: (node: TSESTree.Node) => unknown): void {
  const tree = treeAround(node);
  const start = tree?.places.get(node);
  if (!tree || start === undefined) {
    walkChildren(node, visit);
    return;
  }
  const end = tree.ends[start] ?? 0;
  for (let place = start; place < end;) {
    const next = tree.nodes[place];
    place = next && visit(next) === false ? (tree.ends[place] ?? end) : place + 1;
  }
}

function walkChildren(node: TSESTree.Node, visit: (node: TSESTree.Node) => unknown): void {
  // Generated code nests deeper than the stack is.
  const pending = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (visit(next) === false) continue;
    for (const child of childrenOf(next).reverse()) pending.push(child);
  }
}

/** All nodes of a file, in the order of the source: collected once, since each rule looks for nodes of its own. */
interface Tree {
  readonly nodes: readonly TSESTree.Node[];
  readonly places: ReadonlyMap<TSESTree.Node, number>;
  /** For each node the place after the last one below it. */
  readonly ends: readonly number[];
}

const trees = new WeakMap<TSESTree.Node, Tree>();

/** The nodes of a file of which a node is part, if it was walked as a whole before, or is now. */
function treeAround(node: TSESTree.Node): Tree | undefined {
  const root = programOf(node);
  let tree = trees.get(root);
  if (!tree && root === node && node.type === T.Program) {
    tree = read(node);
    trees.set(root, tree);
  }
  return tree;
}

function read(root: TSESTree.Node): Tree {
  const nodes: TSESTree.Node[] = [];
  const places = new Map<TSESTree.Node, number>();
  const counts: number[] = [];
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const children = childrenOf(node);
    places.set(node, nodes.length);
    nodes.push(node);
    counts.push(children.length);
    for (const child of children.reverse()) pending.push(child);
  }
  // Backwards, the children of a node are the last that were left without a parent.
  const ends = counts.map(() => 0);
  const orphans: number[] = [];
  for (let place = nodes.length - 1; place >= 0; place -= 1) {
    let end = place + 1;
    for (let count = counts[place] ?? 0; count > 0; count -= 1)
      end = Math.max(end, ends[orphans.pop() ?? place] ?? end);
    ends[place] = end;
    orphans.push(place);
  }
  return { nodes, places, ends };
}

/** All nodes below (and including) a node that a test accepts, in the order of the source. */
export function findAll<Found extends TSESTree.Node>(
  node: TSESTree.Node,
  test: (node: TSESTree.Node) => node is Found,
): Found[] {
  const found: Found[] = [];
  walk(node, (one) => {
    if (test(one)) found.push(one);
  });
  return found;
}
