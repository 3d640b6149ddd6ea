import type { TSESTree } from "@typescript-eslint/utils";
import type { Atom, EndAtom, Loop, Pipe, PromiseAtom, Value, Wait } from "../values/value.ts";
import { follow, isElsewhere } from "./follow.ts";
import type { Frame } from "./frame.ts";
import type { DriveEvent, WriteEvent } from "./graph.ts";
import { methodsOf } from "./members.ts";
import { happen, idOf, loopsAround, made, promise } from "./run.ts";
import type { Run } from "./run.ts";

export function write(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  target: EndAtom,
  amount: { times?: number; bytes: number },
): void {
  const { pipe, cursor } = target;
  const times = amount.times ?? repetitions(loopsAround(frame, node), pipe, cursor);
  happen(run, { type: "write", pipe, cursor, node, point: run.at, times, bytes: amount.bytes });
}

/** How often a place runs for one and the same pipe. */
export function repetitions(loops: readonly Loop[], pipe: Pipe | undefined, cursor: TSESTree.Node | undefined): number {
  const around = new Set(pipe?.loops.map((loop) => loop.node));
  return loops
    .filter((loop) => loop.node !== cursor && !around.has(loop.node))
    .reduce((times, loop) => times * (loop.trips ?? Infinity), 1);
}

/** A promise that settles when the other end has taken what was written. */
export function waiting(frame: Frame, node: TSESTree.Node, targets: readonly Omit<Wait, "node">[]): PromiseAtom {
  const atom = made(frame, node, "waiting", () => promise(node));
  // What is waited for may be known only in a later pass.
  for (const target of targets) {
    const part = `wait ${String(target.pipe.id)} ${String(idOf(target.cursor))}`;
    atom.waits.add(made(frame, node, part, () => ({ ...target, node })));
  }
  return atom;
}

/** A promise that settles when what was written to these ends has been taken. */
export function waitingForRoom(frame: Frame, node: TSESTree.Node, ends: readonly EndAtom[]): PromiseAtom {
  return waiting(
    frame,
    node,
    ends.map(({ pipe, cursor }) => ({ pipe, cursor, always: false, guard: undefined })),
  );
}

/** Whether a wait is that for the promise of a write. */
export function isPromised({ node, point }: WriteEvent, item: Wait): boolean {
  const atom = point.frame.made.get(node)?.get("waiting") as PromiseAtom | undefined;
  return atom?.waits.has(item) === true;
}

export function wait(run: Run, node: TSESTree.Node, item: Wait): void {
  const { pipe, cursor } = item;
  if (pipe.deferred && pipe.woken.size > 0) {
    for (const { end, name, node: source } of pipe.woken) {
      const always = name === "end" || name === "close";
      const event: Wait = { pipe: end.pipe, cursor: end.cursor, node: source, always, guard: pipe };
      happen(run, { type: "wait", pipe: end.pipe, cursor: end.cursor, node, point: run.at, wait: event });
    }
    return;
  }
  happen(run, { type: "wait", pipe, cursor, node, point: run.at, wait: item });
}

/** The pipe is read from here on, or closed by force: nobody waits for room in it any longer. */
export function driveEnd(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  target: EndAtom,
  how: DriveEvent["how"] = "read",
): void {
  const { pipe, cursor } = target;
  if (pipe.deferred && frame.listener) {
    pipe.woken.add(frame.listener);
    return;
  }
  const seen = new Set<Pipe>();
  const open = [pipe];
  for (let current = open.pop(); current; current = open.pop()) {
    if (seen.has(current)) continue;
    seen.add(current);
    open.push(...current.feeds);
    const same = current === pipe ? cursor : undefined;
    happen(run, {
      type: "drive",
      pipe: current,
      cursor: same,
      node,
      point: run.at,
      how: frame.queued ? "queued" : how,
    });
  }
}

/** Everything that can be read through the value is read from here on. */
export function drive(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  value: Value,
  how: DriveEvent["how"] = "read",
): void {
  visit(run, frame, node, value, how, new Set());
}

/** The value is given to code that we do not know. It may read, call, keep and iterate all that it can reach. */
export function escape(run: Run, frame: Frame, node: TSESTree.Node, value: Value): void {
  if (run.forNames) return;
  visit(run, frame, node, value, "handed", new Set());
}

function visit(
  run: Run,
  frame: Frame,
  node: TSESTree.Node,
  value: Iterable<Atom>,
  how: DriveEvent["how"],
  seen: Set<Atom>,
): void {
  for (const atom of [...value]) {
    if (seen.has(atom)) continue;
    seen.add(atom);
    switch (atom.type) {
      case "end":
        if (run.catalog.kind(atom.kind)?.reads !== false) driveEnd(run, frame, node, atom, how);
        break;
      case "lazy":
        visit(run, frame, node, atom.holds, how, seen);
        break;
      case "collection":
        if (how === "handed") run.escaped.add(atom);
        visit(run, frame, node, atom.elements, how, seen);
        break;
      case "object":
        if (how === "handed") {
          run.escaped.add(atom);
          visit(run, frame, node, methodsOf(run, frame, atom), how, seen);
        }
        for (const property of atom.properties.values()) visit(run, frame, node, property, how, seen);
        break;
      case "promise":
        visit(run, frame, node, atom.result, how, seen);
        break;
      case "closure": {
        // A function at the top of another file has nothing of ours.
        if (atom.environment.parent === undefined && isElsewhere(run, atom)) break;
        // Who calls it gets what it returns.
        const child = follow(run, frame, node, atom, { args: [], mode: "task", key: atom, handed: how === "handed" });
        if (child) visit(run, child, node, child.returns, how, seen);
        break;
      }
      case "generator":
        follow(run, frame, node, atom.closure, {
          args: atom.args.map((arg) => [...arg]),
          self: atom.self,
          mode: "task",
          key: atom,
          generator: atom.node,
        });
        break;
      default:
    }
  }
}
