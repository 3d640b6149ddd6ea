// Each call makes a limiter for its own children: no level waits for a permit that one above it holds.
import pLimit from "p-limit";

interface Tree {
  readonly value: number;
  readonly children: readonly Tree[];
}

async function sum(tree: Tree): Promise<number> {
  const limit = pLimit(1);
  const parts = await Promise.all(tree.children.map((child) => limit(() => sum(child))));
  return parts.reduce((total, part) => total + part, tree.value);
}

const leaf = { value: 1, children: [] };
const total = await sum({ value: 1, children: [leaf, { value: 1, children: [leaf, leaf] }] });
if (total !== 5) throw new Error(String(total));
