import type { Wait } from "../waits/inspect.ts";
import type { Graph, Link, Vertex } from "./graph.ts";
import { blurred } from "./words.ts";

/** One task or resource of the picture, or many that are alike. */
export interface Shape {
  /** Its place among the shapes. */
  readonly index: number;
  readonly kind: string;
  /** Without what tells them apart, if they are many. */
  readonly name: string;
  readonly state: string | undefined;
  readonly isTask: boolean;
  /** How many there are. */
  readonly many: number;
  readonly layer: number;
  readonly isInCycle: boolean;
}

/** The links from one shape to another that mean the same. */
export interface Arrow {
  readonly from: Shape;
  readonly to: Shape;
  readonly kind: Link["kind"];
  readonly isInCycle: boolean;
  readonly isInTree: boolean;
  /** What has waited for the longest time, if it is waits. */
  readonly wait: Wait | undefined;
  /** How many links there are. */
  many: number;
}

export interface Folded {
  readonly shapes: readonly Shape[];
  readonly arrows: readonly Arrow[];
}

/** So many that are alike are shown each, if there are so many in all. */
export function fewOf(all: number): number {
  return all > 40 ? 1 : 3;
}

/**
 * Makes one of what is alike: of the same kind and name (numbers apart), in the same state, waiting in the same ways for
 * what is alike, and waited for in the same ways. Layers keep it from making cycles that are not there.
 */
export function fold({ vertices }: Graph): Folded {
  const linked = vertices.filter((vertex) => vertex.in.length + vertex.out.length > 0);
  const few = fewOf(linked.length);
  const shapes: Shape[] = [];
  /** By the places of the vertices. */
  const shapeAt = Array<Shape | undefined>(vertices.length).fill(undefined);
  for (const group of groupsOf(linked, vertices.length)) {
    for (const members of group.length > few ? [group] : group.map((one) => [one])) {
      const shape = shapeFor(members, shapes.length);
      shapes.push(shape);
      for (const { index } of members) shapeAt[index] = shape;
    }
  }
  return { shapes, arrows: arrowsOf(linked, shapeAt) };
}

/** In the order in which the snapshot has the first of each. */
function groupsOf(linked: readonly Vertex[], size: number): Vertex[][] {
  const [onward, both] = [numbering(), numbering()];
  /** By the places of the vertices: the same number for those that look alike and have alike links onward, … */
  const halves = new Int32Array(size);
  for (const vertex of linked.toReversed()) {
    const links = vertex.out.map((link) => `${link.sort} ${link.isBack ? looks(link.to) : ahead(halves, link.to)}`);
    halves[vertex.index] = onward(looks(vertex) + unique(links));
  }
  /** … and for those that have alike links to them, too. */
  const wholes = new Int32Array(size);
  const groups: Vertex[][] = [];
  for (const vertex of linked) {
    const links = vertex.in.map((link) => `${link.sort} ${ahead(link.isBack ? halves : wholes, link.from)}`);
    const number = both(`${ahead(halves, vertex)}\n${unique(links)}`);
    wholes[vertex.index] = number;
    (groups[number] ??= []).push(vertex);
  }
  for (const group of groups) group.sort((one, other) => one.index - other.index);
  return groups.sort(([one], [other]) => (one?.index ?? 0) - (other?.index ?? 0));
}

function ahead(numbers: Int32Array, { index }: Vertex): string {
  return String(numbers[index]);
}

function looks({ kind, name, state = "", isTask, parent, layer, cycle }: Vertex): string {
  const inside = parent === undefined ? "" : `${parent.kind} ${blurred(parent.name)}`;
  return [kind, blurred(name), blurred(state), isTask, inside, layer, cycle > 0].join("\n");
}

function unique(links: string[]): string {
  return links.length < 2 ? links.join("") : [...new Set(links)].sort().join("\n");
}

/** Gives the same number for the same text, from 0. */
export function numbering(): (key: string) => number {
  const numbers = new Map<string, number>();
  return (key) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
}

function shapeFor(members: readonly Vertex[], index: number): Shape {
  const [first] = members;
  if (first === undefined) throw new Error("a shape is of something");
  const { kind, isTask, layer, cycle } = first;
  const name = common(members.map((member) => member.name));
  const state = first.state && common(members.map((member) => member.state ?? ""));
  return { index, kind, name, state, isTask, many: members.length, layer, isInCycle: cycle > 0 };
}

/** What alike texts have in common. */
export function common([first = "", ...others]: readonly string[]): string {
  return others.every((other) => other === first) ? first : blurred(first);
}

function arrowsOf(linked: readonly Vertex[], shapeAt: readonly (Shape | undefined)[]): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const vertex of linked) {
    for (const { from, to, kind, wait, isInTree, sort } of vertex.out) {
      const [start, end] = [shapeAt[from.index], shapeAt[to.index]];
      if (start === undefined || end === undefined) continue;
      const key = `${start.index.toString()} ${end.index.toString()} ${sort}`;
      const known = arrows.get(key);
      const many = 1 + (known?.many ?? 0);
      const isInCycle = from.cycle > 0 && from.cycle === to.cycle;
      if (known !== undefined && (wait?.since ?? 0) >= (known.wait?.since ?? 0)) known.many = many;
      else arrows.set(key, { from: start, to: end, kind, isInCycle, isInTree, wait, many });
    }
  }
  return [...arrows.values()].sort(bySeverity);
}

/** Cycles first, then what should not wait for long, then what may, each the longest wait first. */
function bySeverity(one: Arrow, other: Arrow): number {
  const age = (one.wait?.since ?? 0) - (other.wait?.since ?? 0);
  return severity(one) - severity(other) || age || one.from.index - other.from.index || one.to.index - other.to.index;
}

function severity({ isInCycle, wait }: Arrow): number {
  if (isInCycle) return wait === undefined ? 1 : 0;
  return wait === undefined ? 4 : wait.idle ? 3 : 2;
}
