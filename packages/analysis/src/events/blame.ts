import type { TSESTree } from "@typescript-eslint/utils";
import { isFunction } from "../source/syntax.ts";
import type { Frame } from "./frame.ts";
import type { DriveEvent, Point } from "./graph.ts";
import type { Starvation } from "./order.ts";

/**
 * The expression that a reviewer would point at: the send that waits, or, where it stands in a function that other
 * code may call in a better order, the call that comes too early.
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
  for (let frame: Frame = wait.point.frame; frame.caller && !around.has(frame); frame = frame.caller.frame) {
    const { caller } = frame;
    if (!drive && caller.frame.depth === 0 && isInline(frame)) break;
    if (isInline(frame)) {
      // A callback is part of the call; a promise of it that is awaited elsewhere is the wait.
      const joined = frame.task === caller.frame.task ? undefined : joinOf(frame, joins);
      if (joined && !isWithin(caller.node, joined)) blamed = joined;
      continue;
    }
    const joined = frame.task === caller.frame.task ? undefined : joinOf(frame, joins);
    blamed = joined && !isWithin(caller.node, joined) ? joined : caller.node;
  }
  return blamed;
}

function joinOf(frame: Frame, joins: ReadonlyMap<unknown, readonly Point[]>): TSESTree.Node | undefined {
  return joins.get(frame.task)?.find((place) => place.frame === frame.caller?.frame)?.node;
}

/** A function written where it is called: a callback, or a function called on the spot. */
function isInline(frame: Frame): boolean {
  return isFunction(frame.owner) && frame.caller !== undefined && isWithin(frame.owner, frame.caller.node);
}

function isWithin(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  return outer.range[0] <= node.range[0] && node.range[1] <= outer.range[1];
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
