import type { Vertex } from "./graph.ts";

/** What the search knows of a vertex. */
interface Visit {
  readonly vertex: Vertex;
  /** When it was found, from 0. */
  readonly found: number;
  /** The first found of those that it leads to and that lead to it, as far as known. */
  low: number;
  /** Which of its links is followed next. */
  next: number;
  isDone: boolean;
  /** Whether it is known which vertices are in cycles with it. */
  isSettled: boolean;
}

/**
 * Tarjan's search for what is in cycles: it numbers them, marks the links that close them, and gives the vertices in
 * an order in which all other links lead on. Without recursion: a chain of waits may be long.
 */
export function explore(vertices: readonly Vertex[]): { readonly order: readonly Vertex[]; readonly cycles: number } {
  const visits = new Map<Vertex, Visit>();
  const left: Vertex[] = [];
  let cycles = 0;
  // What nobody waits for comes first, so that a cycle is entered where the others come to it.
  const begins = [...vertices.filter((vertex) => vertex.in.length === 0), ...vertices];
  for (const begin of begins) {
    if (visits.has(begin)) continue;
    const open: Visit[] = [];
    const path: Visit[] = [];
    const enter = (vertex: Vertex): void => {
      const visit = { vertex, found: visits.size, low: visits.size, next: 0, isDone: false, isSettled: false };
      visits.set(vertex, visit);
      open.push(visit);
      path.push(visit);
    };
    enter(begin);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const link = visit.vertex.out[visit.next++];
      if (link !== undefined) {
        const other = visits.get(link.to);
        if (other === undefined) enter(link.to);
        else {
          link.isBack = !other.isDone;
          if (!other.isSettled) visit.low = Math.min(visit.low, other.found);
        }
        continue;
      }
      path.pop();
      visit.isDone = true;
      left.push(visit.vertex);
      const above = path.at(-1);
      if (above !== undefined) above.low = Math.min(above.low, visit.low);
      if (visit.low === visit.found) cycles += settle(open, visit, cycles + 1);
    }
  }
  return { order: left.reverse(), cycles };
}

/** Nothing else leads back to these. Returns how many cycles they are: one vertex is none if it is not its own. */
function settle(open: Visit[], root: Visit, number: number): 0 | 1 {
  const members = open.splice(open.lastIndexOf(root));
  const isCycle = members.length > 1 || root.vertex.out.some(({ to }) => to === root.vertex);
  for (const member of members) {
    member.isSettled = true;
    if (isCycle) member.vertex.cycle = number;
  }
  return isCycle ? 1 : 0;
}
