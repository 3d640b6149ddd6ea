import { seconds } from "../waits/report.ts";
import type { Arrow, Folded, Shape } from "./alike.ts";
import { times } from "./describe.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { counted, shown } from "./words.ts";

const MOST_ROWS = 60;
const LONGEST = 200;
const COLUMNS = 7;

/** All waits, in three parts, each with the longest wait first. */
export function tableOf({ arrows }: Folded, at: number): Markup {
  const waits = arrows.filter(({ kind }) => kind === "waits");
  if (waits.length === 0) return markup`<p>Nothing waits.</p>`;
  const rows = waits.slice(0, MOST_ROWS);
  const left = waits.slice(MOST_ROWS).reduce((sum, { many }) => sum + many, 0);
  const parts = [
    part(
      "In a cycle",
      rows.filter((row) => row.isInCycle),
      at,
    ),
    part(
      "Should end",
      rows.filter((row) => !row.isInCycle && row.wait?.idle === false),
      at,
    ),
    part(
      "May take any time",
      rows.filter((row) => !row.isInCycle && row.wait?.idle === true),
      at,
    ),
  ];
  const more = left === 0 ? "" : markup`<p class="soft">and ${counted(left, "wait")} more</p>`;
  return markup`<div class="table" tabindex="0" role="region" aria-label="Waits"><table>
<caption>Of waits that are alike, the longest stands for all.</caption>
<thead><tr><th scope="col">task</th><th scope="col" class="figure">waits</th><th scope="col">operation</th>
<th scope="col">on</th><th scope="col" class="figure">for</th><th scope="col">awaits</th><th scope="col">remark</th></tr></thead>
${parts}
</table></div>${more}`;
}

function part(title: string, rows: readonly Arrow[], at: number): Markup {
  if (rows.length === 0) return markup``;
  return markup`<tbody><tr><th colspan="${COLUMNS}" scope="rowgroup">${title}</th></tr>
${rows.map((row) => rowOf(row, at))}
</tbody>`;
}

function rowOf({ from, to, wait, many }: Arrow, at: number): Markup {
  if (wait === undefined) return markup``;
  const { operation, since, awaits, remark = "" } = wait;
  const state = to.state === undefined ? "" : markup` <span class="state">${shown(to.state, LONGEST)}</span>`;
  return markup`<tr><td>${thing(from)}</td><td class="figure">${many.toLocaleString("en")}</td>
<td>${shown(operation, LONGEST)}</td><td>${thing(to)}${state}</td>
<td class="figure">${seconds(at - since)} s</td><td>${shown(awaits, LONGEST)}</td><td>${shown(remark, LONGEST)}</td></tr>`;
}

function thing({ kind, name, many }: Shape): Markup {
  return markup`<span class="soft">${shown(kind, LONGEST)}</span> <bdi>${shown(name, LONGEST)}</bdi><span class="many">${times(many)}</span>`;
}
