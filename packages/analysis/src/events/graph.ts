import type { TSESTree } from "@typescript-eslint/utils";
import type { Pipe, Task, Wait } from "../values/value.ts";
import type { Frame } from "./frame.ts";

/** Something that happens to a pipe or a task when control passes a point. */
export type Event =
  | { readonly type: "create"; readonly pipe: Pipe }
  | WriteEvent
  | WaitEvent
  | DriveEvent
  | { readonly type: "join"; readonly task: Task };

interface Happening {
  readonly pipe: Pipe;
  readonly cursor: TSESTree.Node | undefined;
  readonly node: TSESTree.Node;
  readonly point: Point;
}

export interface WriteEvent extends Happening {
  readonly type: "write";
  /** How often it happens for one pipe: Infinity in a loop whose length is decided at run time. */
  readonly times: number;
  /** How much it is each time; Infinity where that is decided at run time. */
  readonly bytes: number;
}

export interface WaitEvent extends Happening {
  readonly type: "wait";
  readonly wait: Wait;
}

export interface DriveEvent extends Happening {
  readonly type: "drive";
  /**
   * `read`: the reading end is read here; `handed`: it is given to code that may read it;
   * `queued`: its reader waits for a permit that other readers hold; `closed`: nobody waits for it any longer.
   */
  readonly how: "closed" | "handed" | "queued" | "read";
}

/** A reading, or what may become one. */
export type ReadEvent = DriveEvent & { readonly how: Exclude<DriveEvent["how"], "closed"> };

/** A place in a run, in the graph of all runs that the analysed code may take. */
export interface Point {
  readonly frame: Frame;
  readonly node: TSESTree.Node;
  events: Event[];
  readonly next: Point[];
  /** The last search that came by. */
  search: number;
}

// There are many points, and at most of them nothing happens.
const NOTHING: Event[] = [];

export function point(frame: Frame, node: TSESTree.Node): Point {
  return { frame, node, events: NOTHING, next: [], search: 0 };
}

let searches = 0;

/** Whether control can come from one point to another, without passing a barrier on the way. */
export function canReach(from: Point, to: Point, isBarrier: (point: Point) => boolean): boolean {
  searches += 1;
  // What is looked for is mostly near: breadth first.
  const queue = [...from.next];
  for (let index = 0, current = queue[0]; current; index += 1, current = queue[index]) {
    if (current === to) return true;
    if (current.search === searches) continue;
    current.search = searches;
    if (isBarrier(current)) continue;
    for (const next of current.next) if (next.search !== searches) queue.push(next);
  }
  return false;
}
