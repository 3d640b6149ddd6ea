import type { Arrow } from "./alike.ts";
import { called, kindOf, labelOf } from "./describe.ts";
import { layoutOf } from "./layout.ts";
import type { Box, Line, Sizes } from "./layout.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { Picture } from "./picture.ts";
import { cells, shown } from "./words.ts";

const WIDTH = 184;
/** Widths of a cell of the fonts of names, and of states and labels. */
const [NAME, SMALL] = [7.9, 6.7];
const PADDING = 10;
/** Between the beginning of a line and that of its label. */
const INDENT = 8;

/** The wait graph as SVG; the words are for those who do not see it. */
export function svgOf(picture: Picture, at: number, words: string): Markup {
  const { boxes, lines, width, height } = layoutOf(picture, sizesFor(at));
  const selves = new Map(picture.arrows.filter(({ from, to }) => from === to).map((arrow) => [arrow.from, arrow]));
  const [wide, high] = [Math.ceil(width), Math.ceil(height)];
  // Worst last: it is drawn above the others.
  return markup`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="graph-title graph-words"
  viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" style="min-width: ${Math.ceil(wide * 0.75)}px">
<title id="graph-title">Wait graph</title>
<desc id="graph-words">${words}</desc>
<defs>${["plain", "idle", "late", "cycle"].map(head)}</defs>
${lines.toReversed().map((line) => lineOf(line, at))}
${boxes.map((box) => boxOf(box, selves.get(box.shape), at))}
</svg>`;
}

function sizesFor(at: number): Sizes {
  return {
    width: WIDTH,
    height: ({ state }) => (state === undefined ? 48 : 66),
    label: (arrow) => {
      const lines = labelOf(arrow, at);
      return lines.length === 0 ? 0 : Math.max(...lines.map(cells)) * SMALL + 2 * INDENT;
    },
  };
}

function head(kind: string): Markup {
  return markup`<marker id="head-${kind}" class="head ${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9"
  markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 1 L9 5 L0 9 z"/></marker>`;
}

function boxOf({ shape, x, y, width, height }: Box, self: Arrow | undefined, at: number): Markup {
  const { name, state, many, isTask, isInCycle } = shape;
  const classes = `${isTask ? "task" : "resource"}${isInCycle ? " cycle" : ""}`;
  const corner = isTask ? 10 : 2;
  const around = (offset: number): Markup =>
    markup`<rect x="${x + offset}" y="${y + offset}" width="${width}" height="${height}" rx="${corner}"/>`;
  const text = state === undefined ? 48 : 66;
  const small = self === undefined ? state : `waits for itself: ${labelOf(self, at).join(", ")}`;
  const most = (cell: number): number => Math.floor((width - 2 * PADDING) / cell);
  // The inner image cuts off what is wider than thought: not all fonts have what names are made of.
  return markup`<g class="box ${classes}">
<title>${called(shape, 400)}${many > 1 ? ` ×${many.toLocaleString("en")}` : ""}${state === undefined ? "" : `: ${shown(state, 400)}`}</title>
${many > 1 ? around(4) : undefined}${around(0)}
<svg x="${x}" y="${y + (height - text) / 2}" width="${width - 4}" height="${text}">
<text class="kind" x="${PADDING}" y="18">${name === "" ? "" : kindOf(shape)}</text>
<text class="name" x="${PADDING}" y="37">${name === "" ? kindOf(shape) : shown(name, most(NAME))}</text>
${small === undefined ? undefined : markup`<text class="state" x="${PADDING}" y="55">${shown(small, most(SMALL))}</text>`}
</svg>
</g>`;
}

function lineOf({ arrow, points, isBack }: Line, at: number): Markup {
  const { from, to, kind, isInCycle, wait } = arrow;
  const tone = isInCycle ? "cycle" : wait === undefined ? "plain" : wait.idle ? "idle" : "late";
  const [start] = points;
  const label = labelOf(arrow, at);
  const texts =
    start === undefined ? [] : label.map((text, row) => textAt(start.x + INDENT, start.y - 5 + row * 17, text));
  const verb = { waits: "waits for", held: "is held by", calls: "runs" }[kind];
  return markup`<g class="line ${kind} ${tone}">
<title>${called(from)} ${verb} ${called(to)}${label.length === 0 ? "" : `: ${label.join(", ")}`}</title>
<path d="${pathOf(points)}" marker-${isBack ? "start" : "end"}="url(#head-${tone})"/>
${texts}
</g>`;
}

function textAt(x: number, y: number, text: string): Markup {
  return markup`<text x="${x}" y="${y}">${text}</text>`;
}

/** Straight within layers, an S between them. */
function pathOf(points: Line["points"]): string {
  const steps: string[] = [];
  for (let index = 0; index + 2 < points.length; index += 3) {
    const [start, bend, end] = points.slice(index, index + 3);
    if (start === undefined || bend === undefined || end === undefined) break;
    const middle = (bend.x + end.x) / 2;
    steps.push(`${index === 0 ? "M" : "L"}${start.x.toString()} ${start.y.toString()} H${bend.x.toString()}`);
    steps.push(`C${[middle, bend.y, middle, end.y, end.x, end.y].join(" ")}`);
  }
  return steps.join(" ");
}
