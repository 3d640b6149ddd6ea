import type { Frame } from "./frame.ts";
import { canReach } from "./graph.ts";
import type { DriveEvent, Point, WaitEvent } from "./graph.ts";

/**
 * The function in which a promise of one's own is awaited, if it may also end without that: a lock that is free, a
 * buffer with room. Whether it waits then depends on what happened before. A path on which it ends somebody else's
 * wait instead does not count: if nobody waits, that path is not taken.
 */
export function conditionOf({ point: place }: WaitEvent, drives: readonly DriveEvent[]): Frame | undefined {
  const readers = new Set<Frame>();
  for (const drive of drives) {
    for (let frame: Frame | undefined = drive.point.frame; frame; frame = frame.caller?.frame) readers.add(frame);
  }
  let at: Point = place;
  for (let { frame } = place; frame.caller && !readers.has(frame); frame = frame.caller.frame) {
    const { entry, exit } = frame;
    const isPassed = (passed: Point): boolean => passed === at || handsOver(passed);
    if (entry && exit && !isPassed(entry) && canReach(entry, exit, isPassed)) return frame;
    if (entry) at = entry;
  }
  return undefined;
}

function handsOver({ events }: Point): boolean {
  return events.some((event) => event.type === "drive" && event.pipe.deferred && event.how === "read");
}
