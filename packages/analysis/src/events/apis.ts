import type { TSESTree } from "@typescript-eslint/utils";
import type { ApiModel, CapacityModel } from "../models/model.ts";
import { GLOBAL } from "../source/origin.ts";
import type { Origin } from "../source/origin.ts";
import type { Atom, EndAtom, LazyAtom, LimiterAtom, Pipe, Value, Wait } from "../values/value.ts";
import { literalOf, numberOf } from "../values/value.ts";
import { together } from "./await.ts";
import { callBuiltin } from "./builtins.ts";
import { limited } from "./calls.ts";
import { drive, escape, waiting, waitingForRoom, write } from "./effects.ts";
import type { Frame } from "./frame.ts";
import { asKind, elementsOf, placesOf, sizeOf } from "./members.ts";
import { api, end, happen, loopsAround, made, object, propertyOf } from "./run.ts";
import type { Run } from "./run.ts";
import { noteEvent, noteStream } from "./typed.ts";

let pipes = 0;

/** A new pipe, made at a node. */
export function newPipe(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  part: string,
  options: Pick<Pipe, "kind" | "size" | "unit"> & { deferred?: boolean; foreign?: boolean },
): Pipe {
  const pipe = made(frame, node, part, (): Pipe => {
    pipes += 1;
    return {
      id: pipes,
      node,
      deferred: false,
      foreign: false,
      ...options,
      loops: loopsAround(frame, node),
      feeds: new Set(),
      woken: new Set(),
      settles: new Set(),
    };
  });
  run.pipes.set(String(pipe.id), pipe);
  happen(run, { type: "create", pipe });
  return pipe;
}

/** Calls or constructs something imported or global. Nothing where we do not know it. */
export function callApi(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  origin: Origin,
  args: readonly Value[],
): Value | undefined {
  const model = run.catalog.api(origin);
  if (!model) return origin.module === GLOBAL ? callBuiltin(run, frame, node, origin.path.join("."), args) : undefined;
  return apply(run, frame, node, model, origin, args);
}

function apply(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  model: ApiModel,
  origin: Origin,
  args: readonly Value[],
): Value {
  const [first = []] = args;
  switch (model.role) {
    case "pipe": {
      const pipe = newPipe(run, frame, node, "pipe", { kind: model.kind, ...room(model.capacity, args) });
      return [end(run, pipe, model.kind)];
    }
    case "pipe-pair": {
      const sides = ["there", "back"].map((part) =>
        newPipe(run, frame, node, part, { kind: model.writes, ...room(model.capacity, args) }),
      );
      const pair = made(frame, node, "pair", () => object(node));
      sides.forEach((pipe, index) => {
        propertyOf(pair, String(index)).add(end(run, pipe, model.writes));
        propertyOf(pair, String(1 - index)).add(end(run, pipe, model.reads));
      });
      return [pair];
    }
    case "lazy": {
      const lazy = made(frame, node, "lazy", (): LazyAtom => ({
        type: "lazy",
        kind: model.kind,
        node,
        holds: new Set(),
      }));
      for (const arg of args) for (const atom of arg) if (atom.type !== "literal") lazy.holds.add(atom);
      return [lazy];
    }
    case "convert":
      noteStream(run, frame, first, argumentOf(node, 0));
      return first.flatMap((atom) =>
        atom.type === "end" || atom.type === "lazy" ? [asKind(run, frame, node, atom, model.kind)] : [],
      );
    case "event":
      return [eventPromise(run, frame, node, args)];
    case "finished": {
      noteStream(run, frame, first, argumentOf(node, 0));
      const targets = endsOf(first).map(({ pipe, cursor }) => ({ pipe, cursor, always: true, guard: undefined }));
      escape(run, frame, node, args.slice(1).flat());
      return [waiting(frame, node, args.length > 1 ? [] : targets)];
    }
    case "pipeline":
      return pipeline(run, frame, node, origin, args);
    case "limiter":
      return [limiterOf(frame, node, model.option === undefined ? first : optionOf(first, model.option))];
    case "map": {
      const [, mapper = [], options = []] = args;
      const limiter = limiterOf(frame, node, optionOf(options, model.option));
      const results = limited(run, frame, node, limiter, [mapper, elementsOf(first)], sizeOf(first) ?? Infinity);
      return [together(run, frame, node, "mapped", results)];
    }
    case "promisify":
      return first.flatMap((atom) =>
        atom.type === "api" && atom.origin.module === "stream"
          ? api(run, { module: "stream/promises", path: atom.origin.path.slice(-1) })
          : [],
      );
    case "drive":
      drive(run, frame, node, args.flat());
      return [];
    case "neutral":
      return [];
  }
}

export function argumentOf(node: TSESTree.Node, index: number): TSESTree.Node | undefined {
  return "arguments" in node ? node.arguments[index] : undefined;
}

function limiterOf(frame: Frame, node: TSESTree.Node, permits: Value): LimiterAtom {
  return made(frame, node, "limiter", () => ({ type: "limiter", node, permits: numberOf(permits) }));
}

/** The value of an option, given in an object literal. */
function optionOf(options: Value, name: string): Value {
  return options.flatMap((atom) => (atom.type === "object" ? [...(atom.properties.get(name) ?? [])] : []));
}

function endsOf(value: Value): EndAtom[] {
  return value.filter((atom) => atom.type === "end");
}

/** How much a pipe takes, as far as its arguments say. */
function room(capacity: CapacityModel, args: readonly Value[]): Pick<Pipe, "size" | "unit"> {
  const { unit, size, option, overflow } = capacity;
  if (!option) return { unit, size };
  const given = args[option.argument];
  if (given === undefined) return { unit, size };
  const objectMode = given.some(
    (atom) =>
      atom.type === "object" &&
      [...(atom.properties.get("objectMode") ?? [])].some((flag) => flag.type === "literal" && flag.value === true),
  );
  const known = given.filter((atom) => atom.type === "object");
  const [options] = known;
  // Something was given that we cannot see into.
  if (!options) return { unit, size: undefined };
  const policy = overflow && options.properties.get(overflow.property);
  if (policy && literalOf([...policy]) !== overflow.waits) return { unit, size: Infinity };
  const property = options.properties.get(option.property);
  if (!property) return objectMode ? { unit: "items", size: 16 } : { unit, size };
  return { unit: objectMode ? "items" : unit, size: numberOf([...property]) };
}

const SENDING_EVENTS = new Set(["drain", "finish"]);
const READING_EVENTS = new Set(["end", "close"]);

/** Whether listening to an event of a stream is waiting for its other end. */
export function waitsForEvent(run: Run, target: EndAtom, name: string): boolean {
  const kind = run.catalog.kind(target.kind);
  if (kind?.members["write"]?.role !== "write") return false;
  return SENDING_EVENTS.has(name) || (kind.reads && READING_EVENTS.has(name));
}

function eventPromise(run: Run, frame: Frame, node: TSESTree.Node, args: readonly Value[]): Atom {
  const [emitter = [], event = [], options] = args;
  const name = literalOf(event);
  const targets: Omit<Wait, "node">[] = [];
  if (typeof name === "string" && options === undefined) {
    noteEvent(run, frame, emitter, event, argumentOf(node, 0));
    for (const target of endsOf(emitter)) {
      if (!waitsForEvent(run, target, name)) continue;
      targets.push({
        pipe: target.pipe,
        cursor: target.cursor,
        always: name === "end" || name === "close",
        guard: undefined,
      });
    }
  }
  return waiting(frame, node, targets);
}

/** `pipeline(a, b, c)`: each is read into the next; the promise waits for the last to take everything. */
function pipeline(run: Run, frame: Frame, node: TSESTree.Node, origin: Origin, args: readonly Value[]): Value {
  const promised = origin.module === "stream/promises" || origin.path.includes("promises");
  const [first = [], ...others] = args;
  const list = first.some((atom) => atom.type === "collection") ? [elementsOf(first)] : placesOf(first);
  const stages = others.length === 0 && list ? list : [...args];
  const last = stages.at(-1) ?? [];
  if (promised && last.some((atom) => atom.type === "object") && endsOf(last).length === 0) stages.pop();
  const callback = !promised && last.some((atom) => atom.type === "closure") ? stages.pop() : undefined;
  stages.forEach((stage, index) => {
    const next = stages[index + 1];
    if (next) readInto(run, frame, node, stage, next, argumentOf(node, index + 1));
    else if (endsOf(stage).length === 0) escape(run, frame, node, stage);
  });
  const tail = stages.at(-1) ?? [];
  noteStream(run, frame, tail, argumentOf(node, stages.length - 1));
  if (promised) {
    return [waitingForRoom(frame, node, endsOf(tail))];
  }
  if (callback) escape(run, frame, node, callback);
  return tail;
}

/** What is read from the source is written to the target, which stands there, as fast as the target takes it. */
export function readInto(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  source: Value,
  target: Value,
  stands: TSESTree.Node | undefined,
): void {
  const targets = endsOf(target);
  if (targets.length === 0) {
    noteStream(run, frame, target, stands);
    drive(run, frame, node, source);
    return;
  }
  for (const sink of targets) {
    for (const { pipe } of endsOf(source)) sink.pipe.feeds.add(pipe);
    for (const atom of source)
      if (atom.type === "generator" || atom.type === "closure") escape(run, frame, node, [atom]);
    write(run, frame, node, sink, { times: volumeOf(source), bytes: Infinity });
  }
}

/** How many items a source holds, where that can be seen. */
function volumeOf(source: Value): number {
  const held = source.flatMap((atom) => (atom.type === "lazy" ? [...atom.holds] : [atom]));
  // Options hold nothing.
  return sizeOf(held.filter((atom) => atom.type !== "object" || placesOf([atom]))) ?? Infinity;
}
