import { inspect } from "../waits/inspect.ts";
import type { Snapshot } from "../waits/inspect.ts";
import { fold } from "./alike.ts";
import type { Folded, Shape } from "./alike.ts";
import { called } from "./describe.ts";
import { graphOf } from "./graph.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { leftOut, pictureOf } from "./picture.ts";
import type { Picture } from "./picture.ts";
import { style } from "./style.ts";
import { cyclesOf, summaryOf } from "./summary.ts";
import { svgOf } from "./svg.ts";
import { tableOf } from "./table.ts";
import { treeOf } from "./tree.ts";
import { listOf } from "./tree-list.ts";

/**
 * A snapshot as one page of HTML, for people: the whole in a sentence, the wait graph, the tree of the tasks and a table
 * of the waits. The page needs nothing else, loads nothing and runs no script; names are text in it, whatever is in
 * them. What is alike is told once, with its number; what matters most comes first, cycles before all; and what would be
 * too much is cut, and counted.
 *
 * @param snapshot What to show; without it, the waits of this moment.
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { channel } from "tailrace";
 * import { html } from "tailrace/report";
 *
 * const jobs = channel<string>({ name: "jobs" });
 * void jobs.send("first");
 * await writeFile("waits.html", html());
 * ```
 */
export function html(snapshot: Snapshot = inspect()): string {
  const graph = graphOf(snapshot);
  const folded = fold(graph);
  const picture = pictureOf(folded);
  const summary = summaryOf(snapshot, graph);
  const { source } = markup`<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>What waits: Tailrace</title>
<style>${{ source: style }}</style>
</head>
<body>
<main>
<h1>What waits</h1>
<p class="summary">${summary}</p>
${cycles(folded)}
<h2>Wait graph</h2>
${drawing(picture, snapshot.at, summary)}
<h2>Tasks</h2>
${listOf(treeOf(snapshot, graph), snapshot.at)}
<h2>Waits</h2>
${tableOf(folded, snapshot.at)}
</main>
</body>
</html>
`;
  return `<!DOCTYPE html>\n${source}`;
}

/** Of a longer cycle so many are told. */
const MOST_IN_CYCLE = 24;

function cycles(folded: Folded): Markup | undefined {
  const found = cyclesOf(folded);
  if (found.length === 0) return undefined;
  return markup`<div class="cycles"><p><strong class="cycle">Each waits for the next, and the last for the first:</strong></p>
<ul>${found.map(way)}</ul></div>`;
}

function way(cycle: readonly Shape[]): Markup {
  const left = cycle.length - MOST_IN_CYCLE;
  const told = cycle.slice(0, MOST_IN_CYCLE).map((shape) => markup`<bdi>${called(shape)}</bdi> → `);
  const more = left > 0 ? markup`${left.toLocaleString("en")} more → ` : "";
  return markup`<li>${told}${more}${cycle.slice(0, 1).map((shape) => markup`<bdi>${called(shape)}</bdi>`)}</li>`;
}

function drawing(picture: Picture, at: number, summary: string): Markup {
  if (picture.shapes.length === 0) return markup`<p>Nothing waits.</p>`;
  const left = leftOut(picture);
  return markup`<p class="soft">A line leads from who waits to what for, a dashed one from there to who can end the wait.
Brown waits should end, grey ones may take any time, red ones are in a cycle. Who only waits for its own tasks is in the tree below.${left === undefined ? "" : ` ${left}.`}</p>
<div class="graph" tabindex="0" role="region" aria-label="Wait graph">${svgOf(picture, at, summary)}</div>`;
}
