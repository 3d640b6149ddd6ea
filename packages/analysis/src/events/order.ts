import type { TSESTree } from "@typescript-eslint/utils";
import { programOf } from "../source/program-files.ts";
import { contains } from "../source/syntax.ts";
import type { Pipe, Task } from "../values/value.ts";
import type { Frame } from "./frame.ts";
import { conditionOf, mayComeByAnotherCall } from "./condition.ts";
import { isPromised, repetitions } from "./effects.ts";
import { canReach } from "./graph.ts";
import type { DriveEvent, Point, ReadEvent, WaitEvent, WriteEvent } from "./graph.ts";
import { addAll, loopsAround } from "./run.ts";
import type { Run } from "./run.ts";

/** A wait for something that is not running, and will be started only after the wait. */
export interface Starvation {
  readonly pipe: Pipe;
  readonly wait: WaitEvent;
  /** Where the reading end is first read, or handed on, after the wait; nowhere where it is never touched. */
  readonly drive: ReadEvent | undefined;
  /** The promise that is waited for is that of a write. */
  readonly writes: boolean;
  /** Every later reading. */
  readonly drives: readonly DriveEvent[];
  /** Waits that would starve in their turn, if control came to them. */
  readonly masked: readonly Starvation[];
  /** Where the pipe is made. */
  readonly creations: readonly Point[];
}

interface Facts {
  readonly creations: Point[];
  readonly waits: WaitEvent[];
  readonly writes: WriteEvent[];
  readonly drives: DriveEvent[];
}

interface Happenings {
  readonly facts: ReadonlyMap<Pipe, Facts>;
  readonly spawns: Map<Task, Point[]>;
  readonly joins: Map<Task, Set<Point>>;
}

/** What the last pass of a run came to, by pipe and by task. */
function happeningsOf(run: Run): Happenings {
  const facts = new Map<Pipe, Facts>();
  const factsOf = (pipe: Pipe): Facts => {
    let known = facts.get(pipe);
    if (!known) {
      known = { creations: [], waits: [], writes: [], drives: [] };
      facts.set(pipe, known);
    }
    return known;
  };
  const spawns = new Map<Task, Point[]>();
  const joins = new Map<Task, Set<Point>>();
  for (const place of run.points) {
    if (place.frame.entry === place && place.frame.task.node !== place.frame.owner)
      addTo(spawns, place.frame.task, place);
    for (const event of place.events) {
      if (event.type === "create") factsOf(event.pipe).creations.push(place);
      else if (event.type === "join") joins.set(event.task, (joins.get(event.task) ?? new Set()).add(place));
      else if (event.type === "wait") factsOf(event.pipe).waits.push(event);
      else if (event.type === "write") factsOf(event.pipe).writes.push(event);
      else factsOf(event.pipe).drives.push(event);
    }
  }
  return { facts, spawns, joins };
}

/** Whether more passes may end in a starvation: what ends a wait of the first pass in time does so in all. */
export function mayStarve(run: Run): boolean {
  const { facts, spawns, joins } = happeningsOf(run);
  for (const [pipe, happened] of facts) {
    if (!pipe.deferred) return true;
    const order = orderOf(pipe, happened.creations, spawns, joins);
    if (happened.waits.some((wait) => isOwnWait(run, wait) && !isEnded(run, wait, happened, order))) return true;
  }
  return false;
}

function isOwnWait(run: Run, { wait, point, node }: WaitEvent): boolean {
  return run.ownWaits.get(wait)?.get(point.frame)?.has(node) === true;
}

/** Whether the other end is read already when control comes to the wait, or may be. */
function isEnded(run: Run, wait: WaitEvent, { drives, creations }: Facts, order: Order): boolean {
  const jobs = new Set([wait.point, ...creations].map(queuedJob));
  const running = drives.filter((drive) => drive.how !== "queued" || jobs.has(queuedJob(drive.point)));
  return (
    running.some((drive) => isRecursive(run, drive) || order.mayPrecede(drive, wait)) ||
    running.some((drive) => mayComeByAnotherCall(drive, wait, creations))
  );
}

/** Finds every wait on a pipe of the run that nobody has begun to read. */
export function starvations(run: Run): Starvation[] {
  if (run.exhausted) return [];
  const { facts, spawns, joins } = happeningsOf(run);
  const found: Starvation[] = [];
  for (const [pipe, happened] of facts) {
    const { creations, waits, writes, drives } = happened;
    if (creations.length === 0) continue;
    const order = orderOf(pipe, creations, spawns, joins);
    for (const wait of waits) {
      if (!overflows(pipe, wait, writes, order)) continue;
      if (pipe.deferred && !isOwnWait(run, wait)) continue;
      if (isEnded(run, wait, happened, order)) continue;
      if (pipe.deferred && repeats(conditionOf(wait, drives, creations)) <= Math.max(1, run.largest)) continue;
      const guard = wait.wait.guard;
      if (guard && facts.get(guard)?.drives.some((drive) => order.mayPrecede(drive, wait))) continue;
      const later = drives.filter((drive) => drive.how === "queued" || order.follows(wait, drive));
      // What is used in ways that we do not see may be read in ways that we do not see.
      if (later.length === 0 && (drives.length > 0 || pipe.deferred || pipe.foreign)) continue;
      if ((pipe.deferred || pipe.foreign) && later.every((drive) => drive.how === "handed")) continue;
      const reading = later.filter(reads);
      found.push({
        pipe,
        wait,
        drive: earliest(reading),
        drives: reading,
        masked: [],
        creations,
        writes: writes.some((write) => write.node === wait.wait.node),
      });
    }
  }
  return found
    .filter((one) => !found.some((other) => masks(other, one)))
    .map((one) => ({ ...one, masked: found.filter((other) => masks(one, other)) }));
}

/** Whether control is stopped by one wait before it comes to the other, and what would end the first comes after both. */
function masks(first: Starvation, second: Starvation): boolean {
  if (first === second || first.wait.point.frame.task !== second.wait.point.frame.task) return false;
  if (first.wait.point === second.wait.point) return first.wait.wait.node.range[0] < second.wait.wait.node.range[0];
  const open = (): boolean => false;
  if (!canReach(first.wait.point, second.wait.point, open)) return false;
  // In a loop each comes before the other; the source says which is first.
  if (canReach(second.wait.point, first.wait.point, open) && !isBefore(first, second)) return false;
  return !first.drive || !canReach(first.drive.point, second.wait.point, open) || first.pipe === second.pipe;
}

function isBefore(first: Starvation, second: Starvation): boolean {
  // `await ready; await write()` in a loop: the first turn passes the one and stops at the other.
  if (first.pipe === second.pipe && first.writes !== second.writes) return first.writes;
  return placeOf(first.wait, second.wait) < placeOf(second.wait, first.wait);
}

/** Where something is, as seen by the innermost frame that leads to both. */
function placeOf(wait: DriveEvent | WaitEvent, other: DriveEvent | WaitEvent): number {
  const frames = new Set<Frame>();
  for (let frame: Frame | undefined = other.point.frame; frame; frame = frame.caller?.frame) frames.add(frame);
  let { node } = wait;
  for (let frame: Frame | undefined = wait.point.frame; frame && !frames.has(frame); frame = frame.caller?.frame) {
    if (frame.caller) node = frame.caller.node;
  }
  return node.range[0];
}

/** The job of a limiter that a place belongs to: once it runs, everything in it does. */
function queuedJob({ frame }: Point): Frame | undefined {
  let job: Frame | undefined = frame.queued ? frame : undefined;
  while (job?.caller?.frame.queued) job = job.caller.frame;
  return job;
}

/** Whether something also happens in calls that were not followed: they may come at any time. */
function isRecursive({ recursive }: Run, { point: place }: DriveEvent): boolean {
  if (recursive.size === 0) return false;
  for (let frame: Frame | undefined = place.frame; frame; frame = frame.caller?.frame) {
    if (recursive.has(frame.owner)) return true;
  }
  return false;
}

/** How often a function that may wait is called, one time after the other; Infinity where there is none. */
function repeats(frame: Frame | undefined): number {
  if (!frame?.caller) return Infinity;
  return repetitions(loopsAround(frame.caller.frame, frame.caller.node), undefined, undefined);
}

function addTo(map: Map<Task, Point[]>, task: Task, place: Point): void {
  const known = map.get(task);
  if (known) known.push(place);
  else map.set(task, [place]);
}

function reads(drive: DriveEvent): drive is ReadEvent {
  return drive.how !== "closed";
}

function earliest(drives: readonly ReadEvent[]): ReadEvent | undefined {
  return drives.reduce<ReadEvent | undefined>(
    (first, drive) => (first && !isEarlier(drive, first) ? first : drive),
    undefined,
  );
}

/** By their order in the source; in different files by that of the calls which lead there. */
function isEarlier(one: DriveEvent, other: DriveEvent): boolean {
  if (programOf(one.node) === programOf(other.node)) return one.node.range[0] < other.node.range[0];
  return placeOf(one, other) < placeOf(other, one);
}

interface Order {
  /** Whether the one may happen before the other, or beside it, for the same pipe. */
  readonly mayPrecede: (drive: DriveEvent | WriteEvent, wait: WaitEvent) => boolean;
  readonly follows: (wait: WaitEvent, drive: DriveEvent) => boolean;
}

function orderOf(
  pipe: Pipe,
  creations: readonly Point[],
  spawns: Map<Task, Point[]>,
  joins: Map<Task, Set<Point>>,
): Order {
  const created = new Set(creations);
  /** Passing the creation, or the next turn of the loop over elements, means another pipe. */
  const anotherPipe = (one: TSESTree.Node | undefined, wait: WaitEvent): ((place: Point) => boolean) => {
    // After the loop the pipes of all turns are waited for.
    const turn = one !== undefined && one === wait.cursor && isInTurn(wait.point, one) ? one : undefined;
    return (place) => !pipe.deferred && (created.has(place) || (turn !== undefined && isTurn(place, turn)));
  };
  return {
    mayPrecede: (drive, wait) => {
      const isBarrier = anotherPipe(drive.cursor, wait);
      const [from, to] = representatives(drive.point, wait.point, spawns);
      const { events } = from.point;
      if (from.point === to.point) return events.indexOf(drive) < events.indexOf(wait);
      if (canReach(from.point, to.point, isBarrier)) return true;
      if (!to.spawned) return false;
      // The wait is in a task of its own, which runs until it is awaited.
      const joined = endsOf(wait.point.frame.task, to.task, joins);
      return canReach(to.point, from.point, (place) => isBarrier(place) || joined.has(place));
    },
    follows: (wait, drive) => canReach(wait.point, drive.point, anotherPipe(drive.cursor, wait)),
  };
}

/** Where code waits for the end of a task, or for that of another one in the same outermost task, which does. */
function endsOf(task: Task, outermost: Task, joins: Map<Task, Set<Point>>, seen = new Set<Task>()): Set<Point> {
  const ends = new Set(joins.get(task));
  seen.add(task);
  for (const { frame } of joins.get(task) ?? []) {
    if (!seen.has(frame.task) && isWithin(frame.task, outermost))
      addAll(ends, endsOf(frame.task, outermost, joins, seen));
  }
  return ends;
}

function isWithin(task: Task, outermost: Task): boolean {
  return task === outermost || (task.parent !== undefined && isWithin(task.parent, outermost));
}

function isTurn(place: Point, turn: TSESTree.Node): boolean {
  return place.node === turn || (place.frame.loop?.node === turn && place.frame.entry === place);
}

/** Whether a place is in a turn of a loop, or in what a turn calls. */
function isInTurn(place: Point, turn: TSESTree.Node): boolean {
  let { node } = place;
  for (let frame: Frame | undefined = place.frame; frame; frame = frame.caller?.frame) {
    if (frame.loop?.node === turn || contains(turn, node)) return true;
    if (frame.caller) ({ node } = frame.caller);
  }
  return false;
}

interface Representative {
  readonly point: Point;
  readonly task: Task;
  /** The task as a whole, at the place that starts it. */
  readonly spawned: boolean;
}

/** Two places as seen by the innermost task that contains both: a place in a task that it spawned counts where it did. */
function representatives(one: Point, other: Point, spawns: Map<Task, Point[]>): [Representative, Representative] {
  const chain = new Set<Task>();
  for (let task: Task | undefined = other.frame.task; task; task = task.parent) chain.add(task);
  let common: Task | undefined = one.frame.task;
  while (common && !chain.has(common)) common = common.parent;
  return [representative(one, common, spawns), representative(other, common, spawns)];
}

function representative(place: Point, common: Task | undefined, spawns: Map<Task, Point[]>): Representative {
  let task = place.frame.task;
  if (task === common) return { point: place, task, spawned: false };
  while (task.parent && task.parent !== common) task = task.parent;
  return { point: spawns.get(task)?.[0] ?? place, task, spawned: true };
}

/** Whether what has been written by then is more than the pipe takes. */
function overflows(pipe: Pipe, wait: WaitEvent, writes: readonly WriteEvent[], order: Order): boolean {
  if (pipe.deferred || wait.wait.always) return true;
  const before = writes.filter((write) => isPromised(write, wait.wait) || order.mayPrecede(write, wait));
  const total = before.reduce((sum, write) => sum + (pipe.unit === "bytes" ? write.bytes : 1) * write.times, 0);
  // Room that is decided at run time ends some day, if the loop does not.
  return pipe.size === undefined ? total === Infinity : total > pipe.size;
}
