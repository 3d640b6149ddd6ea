import type { TSESTree } from "@typescript-eslint/utils";
import type { CollectionAtom, Value } from "../values/value.ts";
import { union } from "../values/value.ts";
import { isShared } from "./assign.ts";
import { asyncResult, callValue, invoke } from "./calls.ts";
import { escape } from "./effects.ts";
import { follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { atCursor, collectionOf, entriesOf, turnOf } from "./members.ts";
import { addAll } from "./run.ts";
import type { Run } from "./run.ts";

/** Array methods that run a function for each element, before they return. */
export const RUNS_CALLBACK = new Set([
  "map",
  "forEach",
  "flatMap",
  "filter",
  "some",
  "every",
  "find",
  "findLast",
  "findIndex",
  "reduce",
  "sort",
  "toSorted",
]);

/** Runs a callback for each element; its results in no order. */
export function mapElements(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  elements: Value,
  callback: Value,
  size: number | undefined,
  initial?: Value,
): Value {
  const results: Value[] = [];
  const items = atCursor(run, elements, node);
  // A function of which nothing is known may do anything with them.
  if (callback.length === 0) escape(run, frame, node, elements);
  for (const atom of callback) {
    if (atom.type === "closure") {
      if (atom.node.generator) {
        results.push(invoke(run, frame, node, atom, [items], []));
        continue;
      }
      const args = initial ? [initial, items] : [items];
      const child = follow(run, frame, node, atom, { args, mode: "loop", loop: { node, trips: size }, key: atom });
      if (!child) escape(run, frame, node, elements);
      else results.push(atom.node.async ? [asyncResult(run, frame, node, atom, child)] : [...child.returns]);
    } else if (atom.type === "end" || atom.type === "lazy" || atom.type === "api") {
      results.push(callValue(run, frame, node, [atom], [items], []));
    } else {
      escape(run, frame, node, elements);
    }
  }
  return union(results);
}

/** A method of an array, map or set. Nothing where it is none that we know. */
export function onCollection(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: CollectionAtom,
  name: string,
  args: readonly Value[],
): Value | undefined {
  const elements = [...atom.elements];
  const [first = [], second = []] = args;
  switch (name) {
    case "push":
    case "unshift":
    case "add":
    case "fill":
      put(run, frame, node, atom, args.flat());
      if (name !== "fill") atom.size = undefined;
      return [atom];
    case "set":
      put(run, frame, node, atom, second);
      atom.size = undefined;
      return [atom];
    case "pop":
    case "shift":
    case "at":
    case "get":
    case "find":
    case "findLast":
      if (name.startsWith("find")) mapElements(run, frame, node, elements, first, atom.size);
      return elements;
    case "values":
      return atom.keyed ? [collectionOf(frame, node, "values", elements, atom.size)] : [atom];
    case "entries":
      return [entriesOf(frame, node, elements, atom.size)];
    case "next":
      return [turnOf(frame, node, elements)];
    case "forEach":
    case "some":
    case "every":
    case "findIndex":
      mapElements(run, frame, node, elements, first, atom.size);
      return [];
    case "map":
    case "flatMap": {
      const mapped = mapElements(run, frame, node, elements, first, atom.size);
      return [
        name === "map"
          ? collectionOf(frame, node, "array", mapped, atom.size)
          : collectionOf(frame, node, "array", flat(mapped), undefined),
      ];
    }
    case "reduce":
    case "reduceRight":
      return union([second, mapElements(run, frame, node, elements, first, atom.size, second)]);
    case "filter":
      mapElements(run, frame, node, elements, first, atom.size);
      return [collectionOf(frame, node, "array", elements, undefined)];
    case "sort":
    case "reverse":
    case "toSorted":
    case "toReversed":
    case "@@iterator":
      return [atom];
    case "flat":
      return [collectionOf(frame, node, "array", flat(elements), undefined)];
    case "splice":
    case "slice":
    case "concat":
    case "toSpliced":
    case "with":
      if (name === "splice") {
        put(run, frame, node, atom, args.flat());
        atom.size = undefined;
      }
      return [
        collectionOf(
          frame,
          node,
          "array",
          union([
            elements,
            ...args.flatMap((arg) => [
              arg.filter((item) => item.type !== "literal" && item.type !== "collection"),
              arg.flatMap((item) => (item.type === "collection" ? [...item.elements] : [])),
            ]),
          ]),
          undefined,
        ),
      ];
    case "includes":
    case "indexOf":
    case "has":
    case "delete":
      return [];
    default:
      return undefined;
  }
}

/** Of arrays in an array, what is in them. */
function flat(elements: Value): Value {
  return elements.flatMap((item) => (item.type === "collection" ? [...item.elements] : [item]));
}

function put(run: Run, frame: Frame, node: TSESTree.Node, atom: CollectionAtom, value: Value): void {
  addAll(atom.elements, value);
  if (isShared(run, frame, atom)) escape(run, frame, node, value);
}
