import type { TSESTree } from "@typescript-eslint/utils";
import type * as ts from "typescript";
import type { Origin } from "../source/origin.ts";
import type { FunctionNode } from "../source/syntax.ts";
import type { Environment } from "./environment.ts";

/** What an expression may evaluate to: alternatives. Empty where nothing of interest is known. */
export type Value = readonly Atom[];

export type Atom =
  | ApiAtom
  | ClassAtom
  | ClosureAtom
  | CollectionAtom
  | EndAtom
  | GeneratorAtom
  | LazyAtom
  | LimiterAtom
  | LiteralAtom
  | ModuleAtom
  | ObjectAtom
  | PromiseAtom;

/** Room between a writing and a reading end. One for each place that makes one, however often it runs. */
export interface Pipe {
  readonly id: number;
  /** The expression that makes it. */
  readonly node: TSESTree.Node;
  readonly kind: string;
  readonly unit: "bytes" | "items";
  /** How much it takes unread; undefined where that is decided at run time. */
  readonly size: number | undefined;
  /** A promise whose resolver is the reading end: it has no room at all, and any resolver call at any time counts. */
  readonly deferred: boolean;
  /** Loops around the place that makes it: they repeat the pipe, not what is written to it. */
  readonly loops: readonly Loop[];
  /** Pipes that are read into this one: they move as it does. */
  readonly feeds: Set<Pipe>;
  /** Of a deferred promise: events of other pipes whose listener resolves it. */
  readonly woken: Set<StreamEvent>;
  /** Of a deferred promise: what its resolver was called with. */
  readonly settles: Set<Atom>;
  /** Known by its type only: it was made elsewhere. */
  readonly foreign: boolean;
}

/** An event of a stream, as a promise may wait for it. */
export interface StreamEvent {
  readonly end: EndAtom;
  readonly name: string;
  readonly node: TSESTree.Node;
}

/** A loop around a place, or a callback that an array method runs for each element. */
export interface Loop {
  readonly node: TSESTree.Node;
  /** How often it runs; undefined where that is decided at run time. */
  readonly trips: number | undefined;
}

export interface EndAtom {
  readonly type: "end";
  readonly pipe: Pipe;
  readonly kind: string;
  /** The loop whose current element this is: another iteration has another pipe. */
  readonly cursor: TSESTree.Node | undefined;
}

/** Reads what it holds only when it is driven itself. */
export interface LazyAtom {
  readonly type: "lazy";
  readonly kind: string;
  readonly node: TSESTree.Node;
  readonly holds: Set<Atom>;
}

/** A called generator function: its body runs while it is iterated. */
export interface GeneratorAtom {
  readonly type: "generator";
  readonly node: TSESTree.Node;
  readonly closure: ClosureAtom;
  readonly args: readonly Set<Atom>[];
  readonly self: Value;
}

export interface ClosureAtom {
  readonly type: "closure";
  readonly node: FunctionNode;
  readonly environment: Environment;
}

export interface ClassAtom {
  readonly type: "class";
  readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression;
  readonly environment: Environment;
  /** What it extends. */
  readonly parents: Set<Atom>;
}

/** An array, map, set or iterator over one: what may be in it, in no order. */
export interface CollectionAtom {
  readonly type: "collection";
  readonly node: TSESTree.Node;
  readonly elements: Set<Atom>;
  /** A map: iterating it gives pairs. */
  readonly keyed: boolean;
  size: number | undefined;
}

export interface ObjectAtom {
  readonly type: "object";
  readonly node: TSESTree.Node;
  readonly properties: Map<string, Set<Atom>>;
  readonly instanceOf: ClassAtom | undefined;
}

/** One thing that must happen before a promise settles: the other end of the pipe takes what was written. */
export interface Wait {
  readonly pipe: Pipe;
  readonly cursor: TSESTree.Node | undefined;
  /** The call or property that made the promise. */
  readonly node: TSESTree.Node;
  /** Waits for the end of the stream, however little was written. */
  readonly always: boolean;
  /** Another pipe whose reading end would end this wait as well. */
  readonly guard: Pipe | undefined;
}

export interface PromiseAtom {
  readonly type: "promise";
  readonly node: TSESTree.Node;
  readonly waits: Set<Wait>;
  /** Calls of async functions that run beside the caller until this promise is awaited. */
  readonly tasks: Set<Task>;
  readonly result: Set<Atom>;
}

/** One run of code in order: the analysed function, or an async call that was not awaited on the spot. */
export interface Task {
  readonly node: TSESTree.Node;
  readonly parent: Task | undefined;
}

export interface LimiterAtom {
  readonly type: "limiter";
  readonly node: TSESTree.Node;
  readonly permits: number | undefined;
}

export interface ApiAtom {
  readonly type: "api";
  readonly origin: Origin;
}

/** All exports of another file of the program: `import * as x`, `require("./x")`. */
export interface ModuleAtom {
  readonly type: "module";
  readonly symbol: ts.Symbol;
}

export interface LiteralAtom {
  readonly type: "literal";
  readonly value: bigint | boolean | number | string | null;
}

/** The one number, string or other literal that the value is; undefined where it is none or several. */
export function literalOf(value: Value): LiteralAtom["value"] | undefined {
  const [atom] = value;
  return value.length === 1 && atom?.type === "literal" ? atom.value : undefined;
}

export function numberOf(value: Value): number | undefined {
  const literal = literalOf(value);
  return typeof literal === "number" ? literal : undefined;
}

export function union(values: readonly Value[]): Value {
  if (values.length === 1 && values[0]) return values[0];
  return [...new Set(values.flat())];
}
