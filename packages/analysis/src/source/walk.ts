import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import { childrenOf } from "./syntax.ts";

/** Visits a node and everything below it, in the order of the source. Returning false leaves out what is below. */
export function walk(node: TSESTree.Node, visit: (node: TSESTree.Node) => unknown): void {
  // Generated code nests deeper than the stack is.
  const pending = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (visit(next) === false) continue;
    for (const child of childrenOf(next).reverse()) pending.push(child);
  }
}

const files = new WeakMap<TSESTree.Program, readonly TSESTree.Node[]>();

/** All nodes of a file, in the order of the source: collected once, since each rule looks for nodes of its own. */
function nodesOf(ast: TSESTree.Program): readonly TSESTree.Node[] {
  let nodes = files.get(ast);
  if (!nodes) {
    const all: TSESTree.Node[] = [];
    walk(ast, (node) => all.push(node));
    nodes = all;
    files.set(ast, nodes);
  }
  return nodes;
}

/** All nodes below (and including) a node that a test accepts, in the order of the source. */
export function findAll<Found extends TSESTree.Node>(
  node: TSESTree.Node,
  test: (node: TSESTree.Node) => node is Found,
): Found[] {
  if (node.type === T.Program) return nodesOf(node).filter(test);
  const found: Found[] = [];
  walk(node, (one) => {
    if (test(one)) found.push(one);
  });
  return found;
}
