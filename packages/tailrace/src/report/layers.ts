import { put } from "../multimap.ts";
import type { Arrow, Shape } from "./alike.ts";

/** A shape in its layer, or a gap in it through which a line passes. */
export interface Place {
  readonly shape: Shape | undefined;
  readonly level: number;
  height: number;
  /** Where its middle is. */
  y: number;
  /** The parts of lines on its left and on its right. */
  readonly left: Part[];
  readonly right: Part[];
}

/** What of a line is between two layers that are next to each other. */
export interface Part {
  readonly route: Route;
  readonly from: Place;
  readonly to: Place;
  /** How high it is at its left end and at its right. */
  start: number;
  end: number;
}

/** The way of an arrow from left to right, whatever its direction. */
export interface Route {
  readonly arrow: Arrow;
  /** Whether the arrow leads from right to left. */
  readonly isBack: boolean;
  readonly parts: readonly Part[];
}

export interface Layers {
  /** From left to right, in each the places from top to bottom. */
  readonly columns: readonly (readonly Place[])[];
  readonly routes: readonly Route[];
}

const SWEEPS = 8;

/** Puts connected shapes into layers, in an order in which few lines cross. */
export function layersOf(shapes: readonly Shape[], arrows: readonly Arrow[]): Layers {
  const levels = levelsOf(shapes, arrows);
  const columns: Place[][] = [];
  const add = (level: number, shape?: Shape): Place => {
    const place = { shape, level, height: 0, y: 0, left: [], right: [] };
    (columns[level] ??= []).push(place);
    return place;
  };
  const places = new Map(shapes.map((shape) => [shape, add(levels.get(shape) ?? 0, shape)]));
  const routes: Route[] = [];
  for (const arrow of arrows) {
    const [from, to] = [levels.get(arrow.from) ?? 0, levels.get(arrow.to) ?? 0];
    const isBack = from > to;
    const [begin, end] = isBack ? [arrow.to, arrow.from] : [arrow.from, arrow.to];
    const parts: Part[] = [];
    const route = { arrow, isBack, parts };
    routes.push(route);
    let last = places.get(begin);
    for (let level = Math.min(from, to) + 1; level <= Math.max(from, to); level++) {
      const next = level === Math.max(from, to) ? places.get(end) : add(level);
      if (last === undefined || next === undefined) break;
      const part = { route, from: last, to: next, start: 0, end: 0 };
      parts.push(part);
      last.right.push(part);
      next.left.push(part);
      last = next;
    }
  }
  untangle(columns);
  return { columns, routes };
}

/** As far to the left as its waiters allow; who is waited for by nobody stands next to what it waits for. */
function levelsOf(shapes: readonly Shape[], arrows: readonly Arrow[]): Map<Shape, number> {
  const onward = new Map<Shape, Shape[]>();
  const reached = new Set<Shape>();
  for (const { from, to } of arrows) {
    if (from.layer >= to.layer) continue;
    put(onward, from, to);
    reached.add(to);
  }
  const levels = new Map(shapes.map((shape) => [shape, 0]));
  const ordered = shapes.toSorted((one, other) => one.layer - other.layer);
  for (const shape of ordered) {
    const level = levels.get(shape) ?? 0;
    for (const next of onward.get(shape) ?? []) levels.set(next, Math.max(levels.get(next) ?? 0, level + 1));
  }
  for (const shape of ordered) {
    const next = (onward.get(shape) ?? []).map((to) => levels.get(to) ?? 0);
    if (!reached.has(shape) && next.length > 0) levels.set(shape, Math.min(...next) - 1);
  }
  return levels;
}

/** Orders each layer by the places of its neighbours in the one beside it, to and fro. */
function untangle(columns: readonly Place[][]): void {
  number(columns);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const column of isForward ? columns : columns.toReversed()) {
      const wanted = new Map(column.map((place) => [place, mean(neighbours(place, isForward)) ?? place.y]));
      column.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      number([column]);
    }
  }
}

function number(columns: readonly (readonly Place[])[]): void {
  for (const column of columns) for (const [index, place] of column.entries()) place.y = index / column.length;
}

/** Where the neighbours on one side are. */
export function neighbours(place: Place, onLeft: boolean): number[] {
  return onLeft ? place.left.map(({ from }) => from.y) : place.right.map(({ to }) => to.y);
}

export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
