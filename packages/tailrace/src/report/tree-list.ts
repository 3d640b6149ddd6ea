import type { Wait } from "../waits/inspect.ts";
import { seconds } from "../waits/report.ts";
import { times } from "./describe.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { Branch, Branches } from "./tree.ts";
import { counted, shown } from "./words.ts";

const LONGEST = 200;
const MOST_WAITS = 5;
/** So many branches are open at first. */
const OPEN = 40;

/** The tree of tasks as lists in lists that can be opened and closed. */
export function listOf(tree: Branches, at: number): Markup {
  if (tree.shown.length === 0) return markup`<p>No task runs.</p>`;
  return list(tree, at, sizeOf(tree) > OPEN ? 2 : Infinity, "tree");
}

function sizeOf({ shown: branches }: Branches): number {
  return branches.reduce((sum, { inside }) => sum + 1 + sizeOf(inside), 0);
}

/** @param open how many levels are open at first */
function list({ shown: branches, left }: Branches, at: number, open: number, kind = ""): Markup {
  const more = left === 0 ? undefined : markup`<li class="leaf soft">and ${counted(left, "task")} more</li>`;
  return markup`<ul class="${kind}">${branches.map((branch) => item(branch, at, open))}${more}</ul>`;
}

function item(branch: Branch, at: number, open: number): Markup {
  const { inside, many, waits } = branch;
  const told = waits.slice(0, MOST_WAITS).map((wait) => markup`<span class="waits">${waiting(wait, at)}</span>`);
  const rest = waits.length - told.length;
  const text = markup`${heading(branch)}${told}${rest === 0 ? "" : markup`<span class="waits">and ${counted(rest, "wait")} more</span>`}`;
  if (inside.shown.length + inside.left === 0) return markup`<li class="leaf">${text}</li>`;
  const each = many === 1 ? "" : markup` <span class="soft">(inside the first:)</span>`;
  return markup`<li><details${open > 0 ? markup` open="open"` : ""}><summary>${text}${each}</summary>
${list(inside, at, open - 1)}</details></li>`;
}

function heading({ kind, name, many, status, isInCycle }: Branch): Markup {
  const named = name === "" ? markup`<span class="soft">(no name)</span>` : markup`<bdi>${shown(name, LONGEST)}</bdi>`;
  const state = status === "running" ? "" : markup` <span class="soft">${status}</span>`;
  const cycle = isInCycle ? markup` <strong class="cycle">in a cycle</strong>` : "";
  return markup`<span class="soft">${kind}</span> ${named}<span class="many">${times(many)}</span>${state}${cycle}`;
}

function waiting({ operation, resource, since, awaits }: Wait, at: number): Markup {
  const { kind, name } = resource;
  return markup`${shown(operation, LONGEST)} on ${shown(kind, LONGEST)} <bdi>${shown(name, LONGEST)}</bdi>: ${seconds(at - since)} s for ${shown(awaits, LONGEST)}`;
}
