// A timer of the platform costs more than most waits. Waits with the same time-out come due in the order in which they
// began, so one timer is enough for all of them: it is set for the first.

import { currentSlice, turned } from "../pace.ts";
import type { Slice } from "../pace.ts";
import { detached } from "./context.ts";

/** Longer timers would fire at once: engines keep them in 32 bits. */
export const LONGEST_TIMER: number = 2 ** 31 - 1;

/** Milliseconds by which timers are not exact. */
const GRAIN = 1;

export interface Expiring {
  expire(timeout: number): void;
}

/** A time-out that runs, in the line of those of the same length. */
export class Deadline {
  /** When it began: the clock was not read for it, but for the first in a line. */
  readonly slice: Slice;
  readonly waits: Expiring;
  line: Line | undefined;
  before: Deadline | undefined;
  after: Deadline | undefined;

  constructor(slice: Slice, waits: Expiring, line: Line) {
    this.slice = slice;
    this.waits = waits;
    this.line = line;
  }

  /** Harmless after it has come due. */
  stop(): void {
    this.line?.remove(this);
  }
}

class Line {
  readonly timeout: number;
  first: Deadline | undefined;
  #last: Deadline | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeout: number) {
    this.timeout = timeout;
  }

  add(waits: Expiring): Deadline {
    const now = this.#timer === undefined ? performance.now() : undefined;
    const slice = now === undefined ? currentSlice() : { start: now, end: now };
    const deadline = new Deadline(slice, waits, this);
    deadline.before = this.#last;
    if (this.#last === undefined) this.first = deadline;
    else this.#last.after = deadline;
    this.#last = deadline;
    if (now !== undefined) this.#arm(deadline, now);
    return deadline;
  }

  remove(deadline: Deadline): void {
    const { before, after } = deadline;
    if (before === undefined) this.first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    deadline.line = deadline.before = deadline.after = undefined;
    if (this.first !== undefined || this.#timer === undefined) return;
    clearTimeout(this.#timer); // it would keep the process alive
    this.#timer = undefined;
    lines.delete(this.timeout);
  }

  /** Never before its time is over; as late as the event loop turned, if that was late. */
  #due({ slice: { start, end = start } }: Deadline): number {
    return (end - start > GRAIN ? end : start) + this.timeout;
  }

  #arm(deadline: Deadline, now: number): void {
    const reach = Math.min(this.#due(deadline), now + LONGEST_TIMER);
    const fire = (): void => {
      this.#fire(reach);
    };
    const wait = Math.min(Math.max(0, Math.ceil(reach - now)), LONGEST_TIMER);
    // It goes on for others when who has set it does not need it any more.
    this.#timer = detached(() => setTimeout(fire, wait));
  }

  /** @param reach what was due when the timer was set for it is due now, whatever the clock says */
  #fire(reach: number): void {
    turned(); // else the slice of those that began after a long block would not have ended, and they would come due with it
    for (let deadline = this.first; deadline !== undefined && this.#due(deadline) <= reach; deadline = this.first) {
      deadline.stop();
      deadline.waits.expire(this.timeout);
    }
    if (this.first !== undefined) this.#arm(this.first, performance.now());
  }
}

const lines = new Map<number, Line>();

/** Calls `expire` once after so many milliseconds, unless it is stopped before. */
export function startDeadline(timeout: number, waits: Expiring): Deadline {
  let line = lines.get(timeout);
  if (line === undefined) {
    line = new Line(timeout);
    lines.set(timeout, line);
  }
  return line.add(waits);
}
