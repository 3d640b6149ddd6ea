import type { TSESTree } from "@typescript-eslint/utils";
import type { Value } from "../values/value.ts";
import { numberOf } from "../values/value.ts";
import { newPipe } from "./apis.ts";
import { assignMember } from "./assign.ts";
import { together } from "./await.ts";
import { invoke } from "./calls.ts";
import { drive } from "./effects.ts";
import type { Frame } from "./frame.ts";
import { iterated, spreadOf } from "./iterate.ts";
import { collectionOf, contentsOf, entriesOf, sizeOf } from "./members.ts";
import { mapElements } from "./collections.ts";
import { addAll, end, made, object, promise, propertyOf } from "./run.ts";
import type { Run } from "./run.ts";

/** Calls or constructs something of the language. Nothing where its arguments may be used in ways we do not know. */
export function callBuiltin(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  name: string,
  args: readonly Value[],
): Value | undefined {
  const [first = []] = args;
  switch (name) {
    case "Promise":
      return [newPromise(run, frame, node, first)];
    case "Promise.withResolvers":
      return [withResolvers(run, frame, node)];
    case "Promise.all":
    case "Promise.allSettled": {
      const all = together(run, frame, node, "all", contentsOf(first));
      const outcome = made(frame, node, "outcome", () => object(node));
      addAll(propertyOf(outcome, "value"), all.result);
      const given = name === "Promise.all" ? [...all.result] : [outcome];
      const results = collectionOf(frame, node, "results", given, sizeOf(first));
      const settled = made(frame, node, "settled", () => promise(node));
      addAll(settled.waits, all.waits);
      addAll(settled.tasks, all.tasks);
      settled.result.add(results);
      return [settled];
    }
    case "Promise.race":
    case "Promise.any": {
      // The one that comes first ends the wait: nothing must come.
      const race = made(frame, node, "race", () => promise(node));
      for (const atom of contentsOf(first)) if (atom.type === "promise") addAll(race.result, atom.result);
      return [race];
    }
    case "Promise.resolve":
      return [together(run, frame, node, "resolve", first)];
    case "Promise.reject":
      return [];
    case "Array.from":
      return arrayFrom(run, frame, node, args);
    case "Array.fromAsync":
      drive(run, frame, node, first);
      return [collectionOf(frame, node, "array", iterated(run, frame, node, first), undefined)];
    case "Array.of":
      return [collectionOf(frame, node, "array", args.flat(), args.length)];
    case "Array":
      return [collectionOf(frame, node, "array", [], numberOf(first))];
    case "Map":
    case "WeakMap":
      return [collectionOf(frame, node, "map", contentsOf(spreadOf(run, frame, node, first)), sizeOf(first), true)];
    case "Set":
    case "WeakSet":
      return [collectionOf(frame, node, "set", spreadOf(run, frame, node, first), sizeOf(first))];
    case "Object.values":
    case "Object.freeze":
      if (name === "Object.freeze") return first;
      return [collectionOf(frame, node, "values", contentsOf(first), sizeOf(first))];
    case "Object.entries":
      return [entriesOf(frame, node, contentsOf(first), sizeOf(first))];
    case "Object.keys":
      return [];
    case "Object.fromEntries": {
      const built = made(frame, node, "object", () => object(node));
      addAll(propertyOf(built, "*"), contentsOf(spreadOf(run, frame, node, first)));
      return [built];
    }
    case "Object.assign":
      for (const source of args.slice(1).flat()) {
        if (source.type !== "object") continue;
        for (const [property, value] of source.properties) assignMember(run, frame, node, first, property, [...value]);
      }
      return args.flat();
    default:
      return undefined;
  }
}

function newPromise(run: Run, frame: Frame, node: TSESTree.Node, executor: Value): Value[number] {
  const pipe = newPipe(run, frame, node, "deferred", { kind: "Promise", unit: "items", size: 0, deferred: true });
  const atom = made(frame, node, "promise", () => promise(node, pipe.settles));
  atom.waits.add(made(frame, node, "wait", () => ({ pipe, cursor: undefined, node, always: false, guard: undefined })));
  const resolver = [end(run, pipe, "Resolver")];
  for (const closure of executor) {
    if (closure.type === "closure") invoke(run, frame, node, closure, [resolver, resolver], []);
  }
  return atom;
}

function withResolvers(run: Run, frame: Frame, node: TSESTree.Node): Value[number] {
  const atom = newPromise(run, frame, node, []);
  const waits = atom.type === "promise" ? [...atom.waits] : [];
  const parts = made(frame, node, "resolvers", () => object(node));
  propertyOf(parts, "promise").add(atom);
  for (const { pipe } of waits) {
    propertyOf(parts, "resolve").add(end(run, pipe, "Resolver"));
    propertyOf(parts, "reject").add(end(run, pipe, "Resolver"));
  }
  return parts;
}

function arrayFrom(run: Run, frame: Frame, node: TSESTree.Node, args: readonly Value[]): Value {
  const [source = [], mapper] = args;
  const counted = source.find((atom) => atom.type === "object");
  const size = counted?.type === "object" ? numberOf([...(counted.properties.get("length") ?? [])]) : sizeOf(source);
  const elements = spreadOf(run, frame, node, source);
  if (!mapper) return [collectionOf(frame, node, "array", elements, size)];
  return [collectionOf(frame, node, "array", mapElements(run, frame, node, elements, mapper, size), size)];
}
