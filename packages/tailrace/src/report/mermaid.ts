import { inspect } from "../waits/inspect.ts";
import type { Snapshot } from "../waits/inspect.ts";
import { fold } from "./alike.ts";
import type { Arrow, Shape } from "./alike.ts";
import { called, labelOf, times } from "./describe.ts";
import { graphOf } from "./graph.ts";
import { leftOut, pictureOf } from "./picture.ts";
import { summaryOf } from "./summary.ts";
import { shown, visible } from "./words.ts";

const RED = "stroke:#d1242f,stroke-width:3px";

/**
 * The wait graph of a snapshot as a flow chart of Mermaid, which code hosts, wikis and editors draw: rounded boxes are
 * tasks, an arrow leads from each to what it waits for, and a dashed one from there to who can end the wait. Cycles are
 * red. Tasks and resources that are alike are one box with their number, and a graph that is still too large is cut: it
 * says how much is left out.
 *
 * @param snapshot What to draw; without it, the waits of this moment.
 * @example
 * ```ts
 * import { channel } from "tailrace";
 * import { mermaid } from "tailrace/report";
 *
 * const jobs = channel<string>({ name: "jobs" });
 * void jobs.send("first");
 * console.log(mermaid());
 * ```
 */
export function mermaid(snapshot: Snapshot = inspect()): string {
  const graph = graphOf(snapshot);
  const picture = pictureOf(fold(graph));
  const { shapes, arrows } = picture;
  const names = new Map(shapes.map((shape, index) => [shape, `n${index.toString()}`]));
  const inCycle = shapes.filter(({ isInCycle }) => isInCycle).map((shape) => names.get(shape));
  const red = arrows.flatMap(({ isInCycle }, index) => (isInCycle ? [index] : []));
  const left = leftOut(picture);
  return [
    "flowchart LR",
    `accTitle: Wait graph`,
    `accDescr: ${summaryOf(snapshot, graph)}`,
    ...(shapes.length === 0 ? [`none([${quoted(["nothing waits"])}])`] : []),
    ...shapes.map((shape) => `${names.get(shape) ?? ""}${nodeOf(shape)}`),
    ...arrows.map((arrow) => [names.get(arrow.from), arrowOf(arrow, snapshot.at), names.get(arrow.to)].join(" ")),
    ...(left === undefined ? [] : [`left>${quoted([left])}]`]),
    ...(red.length === 0
      ? []
      : [`classDef cycle ${RED}`, `class ${inCycle.join(",")} cycle`, `linkStyle ${red.join(",")} ${RED}`]),
  ].join("\n  ");
}

function nodeOf(shape: Shape): string {
  const { state, isTask, many } = shape;
  const label = quoted([`${called(shape, 40)}${times(many)}`, ...(state === undefined ? [] : [shown(state, 40)])]);
  return isTask ? `(${label})` : `[${label}]`;
}

function arrowOf(arrow: Arrow, at: number): string {
  if (arrow.kind !== "waits") return "-.->";
  return `-->|${quoted([labelOf(arrow, at).join(", ")])}|`;
}

/** Lines of text as one label. Mermaid has signs of its own, and takes the numbers of characters for all of them. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    visible(line).replaceAll(/[^\p{L}\p{M}\p{N} ,.×…]/gu, (c) => `#${(c.codePointAt(0) ?? 0).toString()};`),
  );
  return `"${escaped.join("<br/>")}"`;
}
