import type { TSESTree } from "@typescript-eslint/utils";
import { isReaction } from "../source/promise.ts";
import type { Atom, PromiseAtom, Value } from "../values/value.ts";
import { union } from "../values/value.ts";
import { memberOrigin } from "../source/origin.ts";
import { callApi } from "./apis.ts";
import { mapElements, onCollection, RUNS_CALLBACK } from "./collections.ts";
import { awaited, together } from "./await.ts";
import { asyncResult, callValue, invoke, limited } from "./calls.ts";
import { escape, wait } from "./effects.ts";
import { boundTo, follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { asList, collectionOf, elementsOf, memberOf, placesOf, sizeOf, turnOf } from "./members.ts";
import { callModelled, into } from "./modelled.ts";
import { addAll, idOf, made } from "./run.ts";
import type { Run } from "./run.ts";
import { noteCall } from "./typed.ts";

/** `receiver.name(…args)`. */
export function callMethod(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  receiver: Value,
  name: string | undefined,
  args: readonly Value[],
): Value {
  noteCall(run, frame, node, receiver, name, args);
  if (name === undefined) {
    escape(run, frame, node, args.flat());
    return [];
  }
  const results: Value[] = [];
  let declared = false;
  for (const atom of merged(receiver)) {
    // What a subclass of a stream declares is no method of the stream.
    if (declared && atom.type === "end" && run.catalog.kind(atom.kind)?.members[name] === undefined) continue;
    const self = [atom, ...receiver.filter((other) => other.type === "end")];
    const result = callOn(run, frame, node, atom, name, args, self);
    if (!result) continue;
    declared ||= atom.type === "object";
    results.push(result);
  }
  return results.length > 0 ? union(results) : callUnknown(run, frame, node, receiver, name, args);
}

/** Whichever of several promises it is: what is said to it is said once. */
function merged(receiver: Value): Value {
  const promises = receiver.filter((atom) => atom.type === "promise");
  const [first] = promises;
  if (!first) return receiver;
  const one: PromiseAtom = {
    type: "promise",
    node: first.node,
    waits: new Set(promises.flatMap(({ waits }) => [...waits])),
    tasks: new Set(promises.flatMap(({ tasks }) => [...tasks])),
    result: new Set(promises.flatMap(({ result }) => [...result])),
  };
  return [...receiver.filter((atom) => atom.type !== "promise"), one];
}

/** What puts something into an array: of a tuple nobody knows then what is where. */
const GROWS = new Set(["push", "unshift", "splice", "fill"]);

function callOn(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: Atom,
  name: string,
  args: readonly Value[],
  self: Value,
): Value | undefined {
  switch (atom.type) {
    case "end":
    case "lazy":
      return callModelled(run, frame, node, atom, name, args);
    case "collection":
      return onCollection(run, frame, node, atom, name, args);
    case "promise":
      return onPromise(run, frame, node, atom, name, args);
    case "generator":
      if (name === "next" || name === "toArray") {
        const { closure, args: given } = atom;
        const child = follow(run, frame, node, closure, {
          args: given.map((arg) => [...arg]),
          self: atom.self,
          mode: "task",
          key: atom,
          generator: atom.node,
        });
        if (!child) return [];
        const gives =
          name === "next"
            ? turnOf(frame, node, [...child.yields, ...child.returns])
            : collectionOf(frame, node, "array", [...child.yields], undefined);
        return closure.node.async ? [asyncResult(run, frame, node, closure, child, [gives])] : [gives];
      }
      if (name === "return" || name === "throw") return [];
      return name.startsWith("@@") ? [atom] : undefined;
    case "limiter":
      return onLimiter(run, frame, node, atom, name, args);
    case "closure":
      if (name === "call") return invoke(run, frame, node, atom, args.slice(1), args[0] ?? []);
      if (name === "apply") {
        const [owner = [], list = []] = args;
        const listed = elementsOf(list);
        return invoke(run, frame, node, atom, placesOf(list) ?? [listed, listed], owner);
      }
      if (name === "bind")
        return [
          boundTo(
            made(frame, node, "bound", () => ({ ...atom })),
            args,
          ),
        ];
      return undefined;
    case "api":
      return callApi(run, frame, node, memberOrigin(atom.origin, name), args);
    case "object":
    case "class":
    case "module": {
      const callee = memberOf(run, frame, node, [atom], name);
      if (callee.length > 0) return callValue(run, frame, node, callee, args, self);
      const list = GROWS.has(name) ? undefined : asList(frame, node, atom);
      return list && onCollection(run, frame, node, list, name, args);
    }
    default:
      return undefined;
  }
}

/** A call on something that we know nothing of: by the shape of the call, or else its arguments are handed over. */
function callUnknown(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  receiver: Value,
  name: string,
  args: readonly Value[],
): Value {
  const [first = []] = args;
  if (
    RUNS_CALLBACK.has(name) &&
    first.some((atom) => atom.type === "closure" || atom.type === "limiter" || atom.type === "class")
  ) {
    if (name === "reduce") return mapElements(run, frame, node, [], first, undefined, args[1] ?? []);
    const results = mapElements(run, frame, node, [], first, undefined);
    escape(run, frame, node, args.slice(1).flat());
    if (name === "map") return [collectionOf(frame, node, "array", results, undefined)];
    return name === "flatMap"
      ? [collectionOf(frame, node, "array", [...results, ...elementsOf(results)], undefined)]
      : [];
  }
  const sink = first.some((atom) => atom.type === "end" || (name === "pipeThrough" && atom.type === "object"));
  if (sink && (name === "pipe" || name === "pipeTo" || name === "pipeThrough")) {
    const returns = name === "pipe" ? "argument" : name === "pipeTo" ? "promise" : "readable";
    return into(run, frame, node, receiver, args, returns);
  }
  escape(run, frame, node, args.flat());
  return [];
}

function onPromise(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: PromiseAtom,
  name: string,
  args: readonly Value[],
): Value | undefined {
  if (!isReaction(name)) return undefined;
  const after = made(frame, node, "then", (): PromiseAtom => ({
    type: "promise",
    node,
    waits: new Set(),
    tasks: new Set(),
    result: new Set(),
  }));
  // `then(next, next)` runs it once, whichever way it goes.
  const callbacks = [...new Set(args.flat().filter((callback) => callback.type === "closure"))];
  if (callbacks.length === 0 || name !== "then") {
    addAll(after.waits, atom.waits);
    addAll(after.tasks, atom.tasks);
    addAll(after.result, atom.result);
  }
  for (const callback of callbacks) {
    const child = follow(run, frame, node, callback, {
      args: name === "then" ? [[...atom.result]] : [],
      mode: "task",
      key: callback,
      before: (inside) => {
        if (name !== "then") return;
        for (const item of atom.waits) wait(run, item.node, item);
        awaited(run, inside, node, [{ ...atom, waits: new Set() }]);
      },
    });
    if (!child) continue;
    after.tasks.add(child.task);
    const result = together(run, frame, node, `result ${String(idOf(callback.node))}`, [...child.returns]);
    addAll(after.waits, result.waits);
    addAll(after.tasks, result.tasks);
    addAll(after.result, result.result);
  }
  return [after];
}

function onLimiter(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: Atom & { type: "limiter" },
  name: string,
  args: readonly Value[],
): Value | undefined {
  if (name === "add") return limited(run, frame, node, atom, args.slice(0, 1));
  if (name !== "map" && name !== "addAll") return undefined;
  const [source = [], mapper = []] = args;
  const job = name === "map" ? [mapper, elementsOf(source)] : [elementsOf(source)];
  return [together(run, frame, node, "mapped", limited(run, frame, node, atom, job, sizeOf(source) ?? Infinity))];
}
