// A layered drawing, from left to right: who waits, what for, who holds that. A line that passes a layer has a place of
// its own there, as a box has, so that no line runs through a box; labels have room of their own, right of the boxes.
import { put } from "../multimap.ts";
import type { Arrow, Shape } from "./alike.ts";
import { layersOf, mean } from "./layers.ts";
import type { Part, Place } from "./layers.ts";
import type { Picture } from "./picture.ts";
import { spread } from "./spread.ts";

export interface Box {
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * An arrow as points from left to right. Each step to the next layer has three: the line leaves a layer, bends from
 * there, and comes to the next.
 */
export interface Line {
  readonly arrow: Arrow;
  readonly points: readonly Point[];
  /** Whether its head is at its left end. */
  readonly isBack: boolean;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** What has to be known of what is drawn, in pixels. */
export interface Sizes {
  /** Width of each box. */
  readonly width: number;
  /** The least height of a box. */
  height(shape: Shape): number;
  /** Width of the label at the left end of an arrow; 0 if it has none. */
  label(arrow: Arrow): number;
}

/** Between lines with labels that leave the same box, and between those of both directions that come to one. */
const [LABELLED, OPPOSITE] = [36, 14];
const [MARGIN, PART_GAP] = [12, 40];
/** Room for a line before it bends, and for its bend. */
const [LEAD, BEND] = [10, 52];
/** What is not connected stands side by side as long as the whole is not wider than this. */
const WIDE = 1160;

/** Where everything is drawn. An arrow from a shape to itself is not. */
export function layoutOf(picture: Picture, sizes: Sizes): Layout {
  const parts = connected(picture).map(({ shapes, arrows }) => drawn(shapes, arrows, sizes));
  const widest = Math.max(WIDE, ...parts.map(({ width }) => width));
  const boxes: Box[] = [];
  const lines: Line[] = [];
  let [x, y, right, bottom] = [MARGIN, MARGIN, MARGIN, MARGIN];
  for (const part of parts) {
    if (x > MARGIN && x + part.width > widest) [x, y] = [MARGIN, bottom + PART_GAP];
    const [left, top] = [x, y];
    const moved = <T extends Point>(point: T): T => ({ ...point, x: point.x + left, y: point.y + top });
    boxes.push(...part.boxes.map(moved));
    lines.push(...part.lines.map((line) => ({ ...line, points: line.points.map(moved) })));
    right = Math.max(right, x + part.width);
    bottom = Math.max(bottom, y + part.height);
    x += part.width + PART_GAP;
  }
  return { boxes, lines, width: right + MARGIN, height: bottom + MARGIN };
}

/** The parts of a picture between which there are no arrows, in its order. */
function connected({ shapes, arrows }: Picture): Pick<Picture, "shapes" | "arrows">[] {
  const beside = new Map<Shape, Shape[]>();
  for (const { from, to } of arrows) {
    put(beside, from, to);
    put(beside, to, from);
  }
  const seen = new Set<Shape>();
  return shapes.flatMap((shape) => {
    if (seen.has(shape)) return [];
    const part = new Set([shape]);
    for (const one of part) for (const other of beside.get(one) ?? []) part.add(other);
    for (const one of part) seen.add(one);
    return [{ shapes: shapes.filter((one) => part.has(one)), arrows: arrows.filter(({ from }) => part.has(from)) }];
  });
}

/** What is connected, at the origin. */
function drawn(shapes: readonly Shape[], arrows: readonly Arrow[], sizes: Sizes): Layout {
  const { columns, routes } = layersOf(
    shapes,
    arrows.filter(({ from, to }) => from !== to),
  );
  const places = columns.flat();
  const docks = new Map(places.map((place) => [place, docksOf(place, sizes)]));
  for (const [place, { left, right }] of docks) {
    if (place.shape === undefined) continue;
    place.height = Math.max(sizes.height(place.shape), extent(left) + OPPOSITE, extent(right) + OPPOSITE);
  }
  spread(columns);
  const top = Math.min(...places.map((place) => place.y - place.height / 2));
  for (const [place, { left, right }] of docks) {
    place.y -= top;
    for (const [{ parts }, y] of heights(left, place.y)) for (const part of parts) part.end = y;
    for (const [{ parts }, y] of heights(right, place.y)) for (const part of parts) part.start = y;
  }
  const { at, leads, width } = across(columns, sizes);
  const boxes = places.flatMap(({ shape, level, y, height }) =>
    shape === undefined ? [] : [{ shape, x: at[level] ?? 0, y: y - height / 2, width: sizes.width, height }],
  );
  const lines = routes.map(({ arrow, isBack, parts }) => {
    const points = parts.flatMap(({ from, to, start, end }) => {
      const edge = (at[from.level] ?? 0) + sizes.width;
      return [
        { x: edge, y: start },
        { x: edge + (leads[from.level] ?? 0), y: start },
        { x: at[to.level] ?? 0, y: end },
      ];
    });
    return { arrow, isBack, points };
  });
  return { boxes, lines, width, height: Math.max(...places.map(({ y, height }) => y + height / 2)) };
}

/** Where lines come to a side of a box, or leave it. */
interface Dock {
  readonly parts: readonly Part[];
  /** Room that it needs. */
  readonly height: number;
}

/** Lines with a label have a dock of their own where the label is; of others there is one for each direction. */
function docksOf(place: Place, sizes: Sizes): { readonly left: readonly Dock[]; readonly right: readonly Dock[] } {
  const common = (parts: readonly Part[]): Dock[] =>
    [false, true]
      .map((isBack) => ({ parts: parts.filter(({ route }) => route.isBack === isBack), height: OPPOSITE }))
      .filter((dock) => dock.parts.length > 0);
  const hasLabel = ({ route }: Part): boolean => place.shape !== undefined && sizes.label(route.arrow) > 0;
  const isFirst = (part: Part): boolean => hasLabel(part) && part.route.parts[0] === part;
  const own = place.right.filter(isFirst).map((part) => ({ parts: [part], height: LABELLED }));
  const rest = common(place.right.filter((part) => !isFirst(part)));
  const right = [...own, ...rest].sort((one, other) => aim(one) - aim(other));
  return { left: common(place.left), right };
}

/** Docks stand in the order of what their lines lead to. */
function aim({ parts }: Dock): number {
  return mean(parts.map(({ to }) => to.y)) ?? 0;
}

function extent(docks: readonly Dock[]): number {
  return docks.reduce((sum, { height }) => sum + height, 0);
}

/** How high each dock is, if the middle of all is at y. */
function heights(docks: readonly Dock[], y: number): [Dock, number][] {
  let top = y - extent(docks) / 2;
  return docks.map((dock) => {
    top += dock.height;
    return [dock, top - dock.height / 2];
  });
}

/** Where each layer begins, and how long its lines go straight on behind it: as far as their labels need. */
function across(
  columns: readonly (readonly Place[])[],
  sizes: Sizes,
): { at: number[]; leads: number[]; width: number } {
  const at: number[] = [];
  const leads: number[] = [];
  let x = 0;
  for (const column of columns) {
    const labels = column
      .filter(({ shape }) => shape !== undefined)
      .flatMap(({ right }) => right.filter((part) => part.route.parts[0] === part))
      .map(({ route }) => sizes.label(route.arrow));
    const lead = LEAD + Math.max(0, ...labels);
    at.push(x);
    leads.push(lead);
    x += sizes.width + lead + BEND;
  }
  return { at, leads, width: x - BEND - LEAD };
}
