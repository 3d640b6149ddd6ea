// Time for a program that is explored: it passes only when the explorer says so, from one timer to the next.

interface Timer {
  readonly due: number;
  readonly fire: () => void;
}

/** What `setTimeout` gives: an object, as in Node. A program that is explored keeps no process alive. */
class Handle {
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** Stands in for the platform's time-outs and clocks until it is told to end. */
export class VirtualClock {
  readonly #timers = new Map<unknown, Timer>();
  readonly #restore: (() => void)[] = [];
  #now = 0;

  constructor() {
    const date = Date.now();
    this.#replace(globalThis, "setTimeout", (fn: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
      const handle = new Handle();
      const due = this.#now + Math.max(0, delay);
      this.#timers.set(handle, {
        due,
        fire: () => {
          fn(...args);
        },
      });
      return handle;
    });
    this.#replace(globalThis, "clearTimeout", (handle: unknown) => {
      this.#timers.delete(handle);
    });
    this.#replace(performance, "now", () => this.#now);
    this.#replace(Date, "now", () => date + this.#now);
  }

  /** Whether a timer is set. */
  get waits(): boolean {
    return this.#timers.size > 0;
  }

  /** Lets the time pass until the next timer is due, and fires it. */
  advance(): void {
    const [first, ...others] = this.#timers;
    if (first === undefined) return;
    const [handle, { due, fire }] = others.reduce((one, other) => (other[1].due < one[1].due ? other : one), first);
    this.#timers.delete(handle);
    this.#now = Math.max(this.#now, due);
    fire();
  }

  /** Gives back what it stands in for. */
  end(): void {
    for (const restore of this.#restore) restore();
  }

  #replace(owner: object, name: string, value: unknown): void {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
    this.#restore.push(() => {
      if (own === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, own);
    });
  }
}
