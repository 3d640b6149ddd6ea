import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Atom, EndAtom, LazyAtom, StreamEvent, Value } from "../values/value.ts";
import { literalOf } from "../values/value.ts";
import type { MemberRole } from "../models/model.ts";
import { argumentOf, readInto, waitsForEvent } from "./apis.ts";
import { drive, driveEnd, escape, waitingForRoom, write } from "./effects.ts";
import { valueOf } from "./evaluate.ts";
import { follow } from "./follow.ts";
import type { Frame } from "./frame.ts";
import { asKind, memberOf } from "./members.ts";
import { addAll, made } from "./run.ts";
import type { Run } from "./run.ts";

/** A member of a modelled thing, called. */
export function callModelled(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: EndAtom | LazyAtom,
  name: string,
  args: readonly Value[],
): Value | undefined {
  const kind = run.catalog.kind(atom.kind);
  if (!kind) return undefined;
  const own = kind.members[name];
  const role: MemberRole = own ?? kind.otherwise;
  switch (role.role) {
    case "end":
      escape(run, frame, node, args.flat());
      return [asKind(run, frame, node, atom, role.kind)];
    case "write":
      return written(run, frame, node, atom, name, role.waits, args);
    case "wait":
      if (atom.type !== "end") return [];
      return [waitingForRoom(frame, node, [atom])];
    case "drive":
      // Of an end that only writes, that is giving up.
      if (atom.type === "end") driveEnd(run, frame, node, atom, kind.reads ? "read" : "closed");
      else drive(run, frame, node, [atom]);
      escape(run, frame, node, args.flat());
      return [];
    case "into":
      return into(run, frame, node, [atom], args, role.returns);
    case "listen":
      listen(run, frame, node, atom, args);
      return [atom];
    case "chain":
      return [chained(frame, node, atom, args)];
    case "neutral":
      escape(run, frame, node, args.flat());
      return [];
  }
}

function written(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  atom: EndAtom | LazyAtom,
  name: string,
  waits: boolean,
  args: readonly Value[],
): Value {
  if (atom.type !== "end") return [];
  const last = args.length > 1 || name === "end" ? args.at(-1) : undefined;
  const callback = !waits && last?.some(isCallback) ? last : undefined;
  const [data, ...options] = callback ? args.slice(0, -1) : args;
  for (const option of options) escape(run, frame, node, option);
  if (data !== undefined || name !== "end") {
    const bytes = Math.min(lengthOf(data), bytesOf(run, frame, node));
    write(run, frame, node, atom, { bytes });
  }
  // It is called when the chunk has been taken, or all of them have.
  if (callback) wake(run, frame, node, callback, eventOf(frame, node, atom, name === "end" ? "finish" : "write"));
  if (name === "end" && !data) return [atom];
  // With a signal or a deadline of its own the wait ends some day.
  if (!waits || options.length > 0) return [];
  return [waitingForRoom(frame, node, [atom])];
}

function isCallback(atom: Atom): boolean {
  return atom.type === "closure" || (atom.type === "end" && atom.pipe.deferred);
}

/** The length of the longest text that it may be. */
function lengthOf(data: Value = []): number {
  const texts = data.map((atom) =>
    atom.type === "literal" && typeof atom.value === "string" ? atom.value : undefined,
  );
  return texts.length === 0 ? Infinity : Math.max(...texts.map((text) => text?.length ?? Infinity));
}

/** `Buffer.from("…")`, `encoder.encode("…")`, `new Uint8Array(16)`: the size stands in the source. */
function bytesOf(run: Run, frame: Frame, node: TSESTree.Node): number {
  const data = node.type === T.CallExpression ? node.arguments[0] : undefined;
  if (data?.type !== T.CallExpression && data?.type !== T.NewExpression) return Infinity;
  const [size] = data.arguments;
  if (size?.type === T.ArrayExpression) return size.elements.length;
  const literal = size ? literalOf(valueOf(run, frame, size)) : undefined;
  if (typeof literal === "number") return literal;
  return typeof literal === "string" ? literal.length : Infinity;
}

/** What is read from the source goes into the first argument, as fast as that takes it. */
export function into(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  source: Value,
  args: readonly Value[],
  returns: "argument" | "promise" | "readable",
): Value {
  const [target = [], ...options] = args;
  const stands = argumentOf(node, 0);
  if (returns === "readable") {
    readInto(run, frame, node, source, memberOf(run, frame, node, target, "writable"), stands);
    return memberOf(run, frame, node, target, "readable");
  }
  readInto(run, frame, node, source, target, stands);
  if (returns === "argument") return target;
  // `preventClose` and the like change nothing; a signal may end the wait.
  const abortable = options.some((option) =>
    option.some((atom) => atom.type === "object" && atom.properties.has("signal")),
  );
  const ends = target.filter((atom) => atom.type === "end");
  return [waitingForRoom(frame, node, abortable ? [] : ends)];
}

/** `stream.on(name, listener)`. */
function listen(run: Run, frame: Frame, node: TSESTree.Node, atom: EndAtom | LazyAtom, args: readonly Value[]): void {
  const [event = [], callback = []] = args;
  const name = literalOf(event);
  if (name === "data" || name === "readable" || typeof name !== "string") {
    drive(run, frame, node, [atom]);
    escape(run, frame, node, callback);
    return;
  }
  if (name === "error") return;
  if (atom.type === "end" && waitsForEvent(run, atom, name))
    wake(run, frame, node, callback, eventOf(frame, node, atom, name));
  else escape(run, frame, node, callback);
}

function eventOf(frame: Frame, node: TSESTree.Node, end: EndAtom, name: string): StreamEvent {
  return made(frame, node, "event", () => ({ end, name, node }));
}

/** The event calls the function. */
function wake(run: Run, frame: Frame, node: TSESTree.Node, callback: Value, event: StreamEvent): void {
  for (const listener of callback) {
    if (listener.type === "closure")
      follow(run, frame, node, listener, { args: [], mode: "task", key: listener, listener: event });
    else if (listener.type === "end" && listener.pipe.deferred) listener.pipe.woken.add(event);
  }
}

function chained(frame: Frame, node: TSESTree.Node, atom: EndAtom | LazyAtom, args: readonly Value[]): Atom {
  if (atom.type === "end") return atom;
  const next = made(frame, node, "chain", (): LazyAtom => ({ type: "lazy", kind: atom.kind, node, holds: new Set() }));
  addAll(next.holds, atom.holds);
  for (const arg of args) for (const item of arg) if (item.type !== "literal") next.holds.add(item);
  return next;
}
