// A plot of lines as SVG, as much as the guide needs: the vertical axis is logarithmic, and colours suit a light page and
// a dark one.

export interface Plot {
  readonly title: string;
  /** What the axes say. */
  readonly across: string;
  readonly up: string;
  /** Where the horizontal axis is labelled: values and their text, in order. */
  readonly ticks: readonly (readonly [number, string])[];
  readonly lines: readonly Line[];
}

interface Line {
  readonly name: string;
  /** Pairs of a place on the horizontal axis and a value above 0. */
  readonly points: readonly (readonly [number, number])[];
}

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 70;
const RIGHT = 200;
const TOP = 46;
const BOTTOM = 56;

/** Of Okabe and Ito: those whom colours confuse tell these apart. */
const COLOURS = ["var(--ink)", "#e69f00", "#0090d0", "#009e73", "#cc5a9a"];

const DASHES = ["none", "9 4", "3 3", "12 3 3 3", "6 2"];

const STYLE =
  "svg{--ink:#222;--grid:#ddd;--page:#fff}" +
  "@media(prefers-color-scheme:dark){svg{--ink:#ddd;--grid:#444;--page:#161b22}}" +
  "text{font:13px system-ui,sans-serif;fill:var(--ink)}.title{font-weight:600;font-size:15px}" +
  ".page{fill:var(--page)}.grid{stroke:var(--grid)}.line{fill:none;stroke-width:2.2}";

export function plot({ title, across, up, ticks, lines }: Plot): string {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const places = ticks.map(([place]) => place);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const x = (place: number): number => LEFT + ((place - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number =>
    HEIGHT - BOTTOM - ((Math.log10(value) - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const decades = Array.from({ length: high - low + 1 }, (_, nth) => 10 ** (low + nth));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img">`,
    `<title>${escape(title)}</title><style>${STYLE}</style>`,
    `<rect width="${String(WIDTH)}" height="${String(HEIGHT)}" class="page"/>`,
    text(LEFT, 26, title, 'class="title"'),
    ...decades.map((value) => rule(LEFT, y(value), WIDTH - RIGHT, y(value))),
    ...decades.map((value) => text(LEFT - 8, y(value) + 4, value.toLocaleString("en-US"), 'text-anchor="end"')),
    ...ticks.map(([place]) => rule(x(place), TOP, x(place), HEIGHT - BOTTOM)),
    ...ticks.map(([place, label]) => text(x(place), HEIGHT - BOTTOM + 20, label, 'text-anchor="middle"')),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, across, 'text-anchor="middle"'),
    text(16, HEIGHT / 2, up, `text-anchor="middle" transform="rotate(-90 16 ${String(HEIGHT / 2)})"`),
    ...lines.flatMap(({ name, points }, nth) => {
      const pen = `class="line" style="stroke:${COLOURS[nth] ?? "var(--ink)"};stroke-dasharray:${DASHES[nth] ?? "none"}"`;
      const path = points.map(([place, value]) => `${round(x(place))},${round(y(value))}`).join(" ");
      const [from, height] = [WIDTH - RIGHT + 16, TOP + 14 + nth * 24];
      return [
        `<polyline ${pen} points="${path}"/>`,
        `<line ${pen} x1="${String(from)}" y1="${String(height)}" x2="${String(from + 34)}" y2="${String(height)}"/>`,
        text(from + 42, height + 4, name),
      ];
    }),
    "</svg>\n",
  ].join("\n");
}

function text(x: number, y: number, content: string, more = ""): string {
  return `<text x="${round(x)}" y="${round(y)}" ${more}>${escape(content)}</text>`;
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

function round(value: number): string {
  return value.toFixed(1);
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
