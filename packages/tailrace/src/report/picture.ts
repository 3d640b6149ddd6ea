import type { Arrow, Folded, Shape } from "./alike.ts";
import { counted, listed } from "./words.ts";

/** As much of a folded graph as can be looked at. */
export interface Picture {
  /** What matters most comes first. */
  readonly shapes: readonly Shape[];
  readonly arrows: readonly Arrow[];
  /** How many tasks and resources are left out. */
  readonly left: { readonly tasks: number; readonly resources: number };
}

const MOST_SHAPES = 60;
const MOST_ARROWS = 150;
/** So many of those who hold one resource are followed. */
const MOST_HOLDERS = 8;

/**
 * Takes the worst waits first, each with what it waits for, and what that waits for. Who only waits for what runs inside
 * it is left to the tree of tasks, unless there is nothing else.
 */
export function pictureOf(folded: Folded): Picture {
  const telling = folded.arrows.filter(({ isInTree }) => !isInTree);
  const arrows = telling.some(({ kind }) => kind === "waits") ? telling : folded.arrows;
  const begins = arrows.filter(({ kind }) => kind !== "held");
  const chosen = new Set<Shape>();
  const onward = new Map<Shape, Shape[]>();
  for (const { from, to } of arrows) {
    const next = onward.get(from);
    if (next === undefined) onward.set(from, [to]);
    else if (next.length < MOST_HOLDERS) next.push(to);
  }
  for (const { from, to } of begins) {
    if (chosen.size >= MOST_SHAPES) break;
    chosen.add(from);
    const follow = [to];
    for (let shape = follow.shift(); shape !== undefined; shape = follow.shift()) {
      if (chosen.has(shape) || chosen.size >= MOST_SHAPES) continue;
      chosen.add(shape);
      follow.push(...(onward.get(shape) ?? []));
    }
  }
  const left = { tasks: 0, resources: 0 };
  for (const shape of new Set(begins.flatMap(({ from, to }) => [from, to]))) {
    if (!chosen.has(shape)) left[shape.isTask ? "tasks" : "resources"] += shape.many;
  }
  const inside = arrows.filter(({ from, to }) => chosen.has(from) && chosen.has(to));
  return { shapes: [...chosen], arrows: inside.slice(0, MOST_ARROWS), left };
}

/** What is left out, in words. */
export function leftOut({ left: { tasks, resources } }: Picture): string | undefined {
  const parts = [
    ...(tasks === 0 ? [] : [counted(tasks, "task")]),
    ...(resources === 0 ? [] : [counted(resources, "resource")]),
  ];
  return parts.length === 0 ? undefined : `${listed(parts)} ${tasks + resources === 1 ? "is" : "are"} not shown`;
}
