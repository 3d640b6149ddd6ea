import type { TSESTree } from "@typescript-eslint/utils";
import type { Resources } from "./resources.ts";

/** The same question, whose answer for a node of a file is found once, however many ask it. */
export function remembered<Node extends TSESTree.Node, Answer>(
  find: (resources: Resources, node: Node) => Answer,
): (resources: Resources, node: Node) => Answer {
  const files = new WeakMap<Resources, Map<Node, Answer>>();
  return (resources, node) => {
    const known = files.get(resources) ?? new Map<Node, Answer>();
    files.set(resources, known);
    if (!known.has(node)) known.set(node, find(resources, node));
    return known.get(node) as Answer;
  };
}

/** The same question about a whole file, whose answer is found once. */
export function rememberedOfFile<Answer>(find: (resources: Resources) => Answer): (resources: Resources) => Answer {
  const byFile = remembered((resources) => find(resources));
  return (resources) => byFile(resources, resources.file.ast);
}
