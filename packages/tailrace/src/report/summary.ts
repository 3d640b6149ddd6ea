import type { Snapshot } from "../waits/inspect.ts";
import { put } from "../multimap.ts";
import { seconds } from "../waits/report.ts";
import type { Arrow, Folded, Shape } from "./alike.ts";
import type { Graph } from "./graph.ts";
import { counted, listed } from "./words.ts";

/** The whole in a sentence or two. */
export function summaryOf({ at, waits, tasks }: Snapshot, { cycles }: Graph): string {
  if (waits.length === 0) return `Nothing waits. ${running(tasks)}`;
  const since = waits.reduce((oldest, wait) => Math.min(oldest, wait.since), at);
  const [wait, all] = waits.length === 1 ? ["waits", ""] : ["wait", "the longest "];
  const found = cycles === 0 ? "" : cycles === 1 ? " There is a cycle." : ` There are ${counted(cycles, "cycle")}.`;
  const sentence = `${counted(waits.length, "operation")} ${wait}, ${all}for ${seconds(at - since)} s.`;
  return `${sentence}${found} ${running(tasks)}`;
}

function running(tasks: Snapshot["tasks"]): string {
  const kinds = ["scope", "task", "sink", "call", "lease"] as const;
  const parts = kinds
    .map((kind) => ({ kind, many: tasks.filter((task) => task.kind === kind).length }))
    .filter(({ many }) => many > 0)
    .map(({ kind, many }) => counted(many, kind));
  return parts.length === 0 ? "No task runs." : `Running: ${listed(parts)}.`;
}

const MOST_CYCLES = 5;

/** Cycles of what is alike, the one with the longest wait first; each begins where that is. */
export function cyclesOf({ arrows }: Folded): (readonly Shape[])[] {
  const inside = arrows.filter(({ isInCycle }) => isInCycle);
  const onward = new Map<Shape, Arrow[]>();
  for (const arrow of inside) put(onward, arrow.from, arrow);
  const told = new Set<Shape>();
  const cycles: Shape[][] = [];
  for (const arrow of inside) {
    if (cycles.length === MOST_CYCLES) break;
    if (told.has(arrow.from) && told.has(arrow.to)) continue;
    const cycle = wayBack(arrow, onward);
    for (const shape of cycle) told.add(shape);
    if (cycle.length > 0) cycles.push(cycle);
  }
  return cycles;
}

/** The shortest way from the end of the arrow to its beginning. */
function wayBack({ from, to }: Arrow, onward: ReadonlyMap<Shape, readonly Arrow[]>): Shape[] {
  const before = new Map<Shape, Shape | undefined>([[to, undefined]]);
  for (const shape of before.keys()) {
    if (shape === from) break;
    for (const next of onward.get(shape) ?? []) if (!before.has(next.to)) before.set(next.to, shape);
  }
  if (!before.has(from)) return [];
  const way: Shape[] = [];
  for (let shape = before.get(from); shape !== undefined; shape = before.get(shape)) way.push(shape);
  return [from, ...way.reverse()];
}
