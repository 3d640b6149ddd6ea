// A list of work, not a pool: what was seen already is passed over, and nobody waits for it.
import assert from "node:assert";

const edges: Record<string, string[]> = { a: ["b", "c"], b: ["c", "a"], c: [] };
const MAX = 10;

class Search {
  readonly #open: string[] = ["a"];
  readonly #seen = new Set<string>();
  #steps = 0;

  visit(node: string): void {
    this.#open.push(...(edges[node] ?? []));
  }

  async next(): Promise<string | undefined> {
    while (this.#open.length > 0 && this.#steps < MAX) {
      const node = this.#open.shift()!;
      if (this.#seen.has(node)) continue;
      this.#seen.add(node);
      this.#steps += 1;
      return node;
    }
    return undefined;
  }
}

const search = new Search();
const order: string[] = [];
for (let node = await search.next(); node !== undefined; node = await search.next()) {
  order.push(node);
  search.visit(node);
}
assert.deepEqual(order, ["a", "b", "c"]);
