import type { TSESTree } from "@typescript-eslint/utils";
import { isWithin, otherFileOf } from "../source/program-files.ts";
import { isFunction } from "../source/syntax.ts";
import { callers } from "./frame.ts";
import type { Frame } from "./frame.ts";
import type { DriveEvent, Point } from "./graph.ts";
import type { Starvation } from "./order.ts";
import type { Run } from "./run.ts";

/**
 * The expression of the analysed file that a reviewer would point at: the send that waits, or, where it stands in a
 * function that other code may call in a better order, the call that comes too early.
 */
export function blame(
  { wait, drive, pipe, creations }: Starvation,
  joins: ReadonlyMap<unknown, readonly Point[]>,
): TSESTree.Node {
  const around = new Set<Frame>();
  for (const start of [drive?.point.frame, ...(pipe.deferred ? [] : creations.map((place) => place.frame))]) {
    for (let frame = start; frame; frame = frame.caller?.frame) around.add(frame);
  }
  const own = isWithin(wait.wait.node, wait.node) || pipe.deferred ? wait.wait.node : wait.node;
  let blamed = pipe.deferred ? wait.node : own;
  let { frame } = wait.point;
  for (; frame.caller && !around.has(frame); frame = frame.caller.frame) {
    const { caller } = frame;
    if (!drive && caller.frame.depth === 0 && isInline(frame)) break;
    // A callback is part of the call; a promise of it that is awaited elsewhere is the wait.
    blamed = joinOf(frame, joins) ?? (isInline(frame) ? blamed : caller.node);
  }
  for (; frame.caller && otherFileOf(blamed); frame = frame.caller.frame) {
    blamed = joinOf(frame, joins) ?? frame.caller.node;
  }
  return blamed;
}

/** Where a call that runs beside its caller is awaited, if not on the spot. */
function joinOf({ task, caller }: Frame, joins: ReadonlyMap<unknown, readonly Point[]>): TSESTree.Node | undefined {
  if (!caller || task === caller.frame.task) return undefined;
  const joined = joins.get(task)?.find((place) => place.frame === caller.frame)?.node;
  return joined && !isWithin(caller.node, joined) ? joined : undefined;
}

/**
 * Whether something starves by what the analysed file does: it takes part itself, or it calls one function of other
 * files before another. What one such function does all alone is found in its own file.
 */
export function concerns({ file }: Run, { wait, drive, creations }: Starvation): boolean {
  const chains = [wait.point, drive?.point, ...creations]
    .filter((place) => place !== undefined)
    .map((place) => callers(place.frame));
  const [first = [], ...others] = chains;
  const common = first.find((frame) => others.every((chain) => chain.includes(frame)));
  return [common, ...chains.map((chain) => chain[0])].some((frame) => frame?.environment.file.ast === file.ast);
}

/** A function written where it is called: a callback, or a function called on the spot. */
function isInline(frame: Frame): boolean {
  return isFunction(frame.owner) && frame.caller !== undefined && isWithin(frame.owner, frame.caller.node);
}

/** Something that happens further down, as the node of the call that leads there from a frame that both share. */
export function seenFrom(event: DriveEvent, from: Frame): TSESTree.Node {
  const around = new Set<Frame>();
  for (let frame: Frame | undefined = from; frame; frame = frame.caller?.frame) around.add(frame);
  let { node } = event;
  for (let frame: Frame = event.point.frame; frame.caller && !around.has(frame); frame = frame.caller.frame) {
    node = frame.caller.node;
  }
  return node;
}

/** Where each task is awaited. */
export function joinsOf(points: readonly Point[]): Map<unknown, Point[]> {
  const joins = new Map<unknown, Point[]>();
  for (const place of points) {
    for (const event of place.events) {
      if (event.type === "join") joins.set(event.task, [...(joins.get(event.task) ?? []), place]);
    }
  }
  return joins;
}
