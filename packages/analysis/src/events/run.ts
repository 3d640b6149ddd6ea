import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Catalog } from "../models/catalog.ts";
import { GLOBAL } from "../source/origin.ts";
import type { Origin } from "../source/origin.ts";
import { variableLookup } from "../source/source-file.ts";
import type { SourceFile } from "../source/source-file.ts";
import { isFunction, isLoop } from "../source/syntax.ts";
import { lookUp } from "../values/environment.ts";
import { numberOf } from "../values/value.ts";
import type {
  Atom,
  ClosureAtom,
  CollectionAtom,
  EndAtom,
  LimiterAtom,
  LiteralAtom,
  Loop,
  ObjectAtom,
  Pipe,
  PromiseAtom,
  Value,
  Wait,
} from "../values/value.ts";
import type { Frame } from "./frame.ts";
import { point } from "./graph.ts";
import type { Event, Point } from "./graph.ts";
import type { Modules } from "./modules.ts";

/** One analysis of one function and of everything that it calls. */
export interface Run {
  readonly file: SourceFile;
  readonly catalog: Catalog;
  /** The other files of the program that the file uses. */
  readonly modules: Modules;
  /** Where control is. */
  at: Point;
  /** Everything passed so far in this pass, for the queries. */
  readonly points: Point[];
  readonly pipes: Map<string, Pipe>;
  readonly atoms: Map<string, Atom>;
  readonly literals: Map<LiteralAtom["value"], LiteralAtom>;
  readonly globals: Map<string, Value>;
  /** Calls followed so far in this pass. */
  frames: number;
  /** Those of them into functions of other files. */
  framesElsewhere: number;
  /** The code is too large to be followed: nothing may be concluded. */
  exhausted: boolean;
  /** Arrays and objects that code which we do not know has by now: what is put into them is handed over. */
  readonly escaped: Set<Atom>;
  /**
   * Waits for promises of one's own that control comes to in the first pass, where values still come in the order in
   * which they are stored. In later passes a variable also has the values that it gets only after the wait.
   */
  readonly ownWaits: Map<Wait, Map<Frame, Set<TSESTree.Node>>>;
  /** Functions that call themselves: those calls are not followed. */
  readonly recursive: Set<TSESTree.Node>;
  /** The largest number that a call or `new` in this file was given: what a buffer of one's own may have room for. */
  largest: number;
  /** How many calls each limiter got so far in this pass. */
  readonly demand: Map<LimiterAtom, number>;
  /** Of another file, and only for what its names stand for: no types are asked, and nothing given away is run. */
  readonly forNames: boolean;
  /** Where things come from of which nothing is known and which are waited for as a stream is; undefined is anywhere. */
  readonly untyped: Set<TSESTree.Node | undefined>;
  /** Their types are asked, which is dear. */
  asksTypes: boolean;
  /** Also conclude where the number of permits or of their users is not known. */
  readonly strict: boolean;
  /** Where each function was made, for those that nobody calls here. */
  readonly closures: Map<TSESTree.Node, ClosureAtom>;
  /** Functions that were followed from a call or a hand-over. */
  readonly followed: Set<TSESTree.Node>;
}

/** How many calls are followed from one function, half of them into other files. Enough for real files; a bound for generated ones. */
export const MAX_FRAMES = 600;
export const MAX_DEPTH = 12;
/** What functions of other files do beyond this many calls is not known. */
export const MAX_FRAMES_ELSEWHERE = 100;

export function moveTo(run: Run, frame: Frame, node: TSESTree.Node): Point {
  const next = point(frame, node);
  run.points.push(next);
  return next;
}

/** Something happens where control is. */
export function happen(run: Run, event: Event): void {
  const { at } = run;
  if (at.events.length === 0) at.events = [event];
  else at.events.push(event);
}

/** What a place makes keeps its identity through all passes; `part` tells apart several things of one place. */
export function made<A>(frame: Frame, node: TSESTree.Node, part: string, make: () => A): A {
  let parts = frame.made.get(node);
  if (!parts) {
    parts = new Map();
    frame.made.set(node, parts);
  }
  if (!parts.has(part)) parts.set(part, make());
  frame.own.add(parts.get(part));
  return parts.get(part) as A;
}

export function collection(node: TSESTree.Node, size: number | undefined, keyed = false): CollectionAtom {
  return { type: "collection", node, elements: new Set(), keyed, size };
}

export function object(node: TSESTree.Node, instanceOf?: ObjectAtom["instanceOf"]): ObjectAtom {
  return { type: "object", node, properties: new Map(), instanceOf };
}

export function promise(node: TSESTree.Node, result = new Set<Atom>()): PromiseAtom {
  return { type: "promise", node, waits: new Set(), tasks: new Set(), result };
}

function interned<A extends Atom>(run: Run, key: string, make: () => A): A {
  const known = run.atoms.get(key);
  if (known) return known as A;
  const atom = make();
  run.atoms.set(key, atom);
  return atom;
}

export function literal(run: Run, value: LiteralAtom["value"]): LiteralAtom {
  let atom = run.literals.get(value);
  if (!atom) {
    atom = { type: "literal", value };
    run.literals.set(value, atom);
  }
  return atom;
}

export function api(run: Run, origin: Origin): Value {
  return [interned(run, `api:${origin.module}:${origin.path.join(".")}`, () => ({ type: "api", origin }))];
}

/** Something of the language, or of Node, that has a name everywhere. */
export function global(run: Run, name: string): Value {
  let value = run.globals.get(name);
  if (!value) {
    value = api(run, { module: GLOBAL, path: [name] });
    run.globals.set(name, value);
  }
  return value;
}

const nodeIds = new WeakMap<TSESTree.Node, number>();
let lastNodeId = 0;

/** A number for a node, of whatever file. */
export function idOf(node: TSESTree.Node | undefined): number {
  if (!node) return 0;
  let id = nodeIds.get(node);
  if (id === undefined) {
    id = lastNodeId += 1;
    nodeIds.set(node, id);
  }
  return id;
}

export function end(run: Run, pipe: Pipe, kind: string, cursor?: TSESTree.Node): EndAtom {
  return interned(run, `end:${String(pipe.id)}:${kind}:${String(idOf(cursor))}`, () => ({
    type: "end",
    pipe,
    kind,
    cursor,
  }));
}

/** Adds to a set; a property that is assigned twice may be either. */
export function addAll<A>(target: Set<A>, items: Iterable<A>): void {
  for (const item of items) target.add(item);
}

export function propertyOf(target: ObjectAtom, name: string): Set<Atom> {
  let atoms = target.properties.get(name);
  if (!atoms) {
    atoms = new Set();
    target.properties.set(name, atoms);
  }
  return atoms;
}

/** The loops that repeat a place, through the calls that lead to it. */
export function loopsAround(frame: Frame, node: TSESTree.Node): Loop[] {
  const loops: Loop[] = [];
  let inside = node;
  for (let outside = node.parent; outside && !isFunction(inside); inside = outside, outside = outside.parent) {
    if (inside === frame.owner) break;
    if (isLoop(outside) && repeats(outside, inside)) loops.push({ node: outside, trips: tripsOf(frame, outside) });
  }
  if (frame.loop) loops.push(frame.loop);
  if (frame.caller) loops.push(...loopsAround(frame.caller.frame, frame.caller.node));
  return loops;
}

function repeats(loop: TSESTree.Node, part: TSESTree.Node): boolean {
  if (loop.type === T.ForStatement) return part !== loop.init;
  if (loop.type === T.ForOfStatement || loop.type === T.ForInStatement) return part !== loop.right;
  return true;
}

/** How often a loop turns, where the source says so. */
function tripsOf(frame: Frame, loop: TSESTree.Node): number | undefined {
  if (loop.type === T.ForOfStatement) {
    const value = frame.values.get(loop) ?? [];
    const [only] = value;
    return value.length === 1 && only?.type === "collection" ? only.size : undefined;
  }
  if (loop.type !== T.ForStatement) return undefined;
  const { init, test, update } = loop;
  const declared = init?.type === T.VariableDeclaration ? init.declarations[0] : undefined;
  if (declared?.init?.type !== T.Literal || typeof declared.init.value !== "number") return undefined;
  if (test?.type !== T.BinaryExpression || test.left.type !== T.Identifier) return undefined;
  if (update?.type !== T.UpdateExpression && update?.type !== T.AssignmentExpression) return undefined;
  const bound = literalBound(frame, test.right);
  if (bound === undefined || (test.operator !== "<" && test.operator !== "<=")) return undefined;
  const distance = bound - declared.init.value + (test.operator === "<=" ? 1 : 0);
  if (update.type === T.UpdateExpression) return update.operator === "++" ? distance : undefined;
  const step = update.right.type === T.Literal ? update.right.value : undefined;
  return update.operator === "+=" && typeof step === "number" && step > 0 ? Math.ceil(distance / step) : undefined;
}

function literalBound({ environment, values }: Frame, node: TSESTree.Node): number | undefined {
  if (node.type === T.Literal) return typeof node.value === "number" ? node.value : undefined;
  const variable = variableLookup(environment.file)(node);
  return numberOf(variable ? lookUp(environment, variable) : (values.get(node) ?? []));
}
