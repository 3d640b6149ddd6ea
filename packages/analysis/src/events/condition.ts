import { callers } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { canReach } from "./graph.ts";
import type { DriveEvent, Point, WaitEvent } from "./graph.ts";

/**
 * The function in which a promise of one's own is made or awaited, if it may also end without that: a lock that is
 * free, a buffer with room. Whether it waits then depends on what happened before. A path on which it ends somebody
 * else's wait instead does not count: if nobody waits, that path is not taken.
 */
export function conditionOf(
  { point: wait }: WaitEvent,
  drives: readonly DriveEvent[],
  creations: readonly Point[],
): Frame | undefined {
  const readers = new Set(drives.flatMap(({ point }) => callers(point.frame)));
  const waiters = new Set([...readers, ...callers(wait.frame)]);
  for (const [place, within] of [[wait, readers] as const, ...creations.map((made) => [made, waiters] as const)]) {
    const frame = bypass(place, within);
    if (frame) return frame;
  }
  return undefined;
}

/** The innermost function around a place, short of the given ones, that may end without passing it. */
function bypass(place: Point, within: ReadonlySet<Frame>): Frame | undefined {
  let at = place;
  for (let { frame } = place; frame.caller && !within.has(frame); frame = frame.caller.frame) {
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

/**
 * Whether a drive happens in a function that code we do not know may call several times, on a path without the wait:
 * an earlier call may then do for a pipe made outside what this one waits for.
 */
export function mayComeByAnotherCall(
  { point: drive }: DriveEvent,
  { point: wait }: WaitEvent,
  creations: readonly Point[],
): boolean {
  const makers = new Set(creations.flatMap((made) => callers(made.frame)));
  return callers(drive.frame).some(
    (frame) =>
      frame.handed && !makers.has(frame) && frame.entry && canReach(frame.entry, drive, (passed) => passed === wait),
  );
}
