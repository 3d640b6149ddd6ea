import { detached } from "../waits/context.ts";
import { LONGEST_TIMER } from "../waits/deadlines.ts";
import type { Slot } from "./slot.ts";

/** The timer of the platform; that of Node can be told not to keep the process alive. */
interface Timer {
  ref?(): unknown;
  unref?(): unknown;
}

/** Those for which somebody waits. */
const held = new Set<object>();

/**
 * The slots of a pool that rest before they try again. One timer is enough for all of them. It holds them only while
 * somebody waits: else a pool that nobody can reach would try for ever.
 */
export class Rests<T> {
  readonly #resting = new Set<Slot<T>>();
  readonly #wake: (slot: Slot<T>) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;
  #isHeld = false;

  constructor(wake: (slot: Slot<T>) => void) {
    this.#wake = wake;
  }

  add(slot: Slot<T>): void {
    this.#resting.add(slot);
    if (slot.retryAt < this.#due) this.#arm(slot.retryAt);
  }

  /** Whether somebody waits for what comes after the rest: only then the process is to live that long. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#apply();
  }

  /** Lets them rest no more. */
  clear(): Slot<T>[] {
    const slots = [...this.#resting];
    this.#resting.clear();
    this.#arm(Infinity);
    return slots;
  }

  #arm(due: number): void {
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = due === Infinity ? undefined : this.#start(due);
    this.#apply();
  }

  #start(due: number): ReturnType<typeof setTimeout> {
    const ref = new WeakRef(this);
    const wait = Math.min(Math.max(0, Math.ceil(due - performance.now())), LONGEST_TIMER);
    return detached(() => setTimeout(() => ref.deref()?.fire(due), wait));
  }

  #apply(): void {
    const timer = this.#timer as Timer | undefined;
    if (this.#isHeld) timer?.ref?.();
    else timer?.unref?.();
    if (this.#isHeld && timer !== undefined) held.add(this);
    else held.delete(this);
  }

  /** @param due what has rested until then has rested enough, whatever the clock says */
  fire(due: number): void {
    const rested = [...this.#resting].filter(({ retryAt }) => retryAt <= Math.max(due, performance.now()));
    for (const slot of rested) this.#resting.delete(slot);
    this.#arm(Math.min(Infinity, ...Array.from(this.#resting, ({ retryAt }) => retryAt)));
    for (const slot of rested) this.#wake(slot);
  }
}
