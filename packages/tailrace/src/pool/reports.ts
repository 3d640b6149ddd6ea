// What a pool tells of itself: to its handlers, to Node's diagnostics channel, and in its statistics.
import { poolChannel } from "../waits/events.ts";
import type { PoolEvent } from "./events.ts";

/** What a pool has done so far. Each is counted once, when it has happened. */
export interface PoolTotals {
  /** Leases that somebody has got. */
  acquired: number;
  /** Leases that were given back, or taken away. */
  released: number;
  /** Instances that were made. */
  spawned: number;
  /** Instances that were ended. */
  terminated: number;
  /** Functions of the pool that have failed, or have taken too long. */
  failed: number;
  /** Waits that were given up because their time was over. */
  timeouts: number;
  /** Leases that nobody could give back any more. */
  leaked: number;
}

export interface Handlers {
  readonly name: string;
  readonly onEvent?: ((event: PoolEvent) => void) | undefined;
  readonly onError?: ((error: unknown, event: PoolEvent) => void) | undefined;
}

export class Reports {
  readonly totals: PoolTotals = {
    acquired: 0,
    released: 0,
    spawned: 0,
    terminated: 0,
    failed: 0,
    timeouts: 0,
    leaked: 0,
  };
  readonly #handlers: Handlers;

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  /** Whether anybody wants to know: without, events are not even made. */
  get areHeard(): boolean {
    return this.#handlers.onEvent !== undefined || poolChannel.hasSubscribers;
  }

  tell(event: PoolEvent): void {
    const { name, onEvent } = this.#handlers;
    if (poolChannel.hasSubscribers) poolChannel.publish({ pool: name, ...event });
    if (onEvent !== undefined)
      guarded(() => {
        onEvent(event);
      });
  }

  /** An event that is an error as well. */
  tellError(error: unknown, event: PoolEvent): void {
    const { onError } = this.#handlers;
    if (this.areHeard) this.tell(event);
    if (onError !== undefined)
      guarded(() => {
        onError(error, event);
      });
  }
}

/** What a handler throws is nobody's but its own: it is uncaught, but the pool goes on. */
function guarded(fn: () => void): void {
  try {
    fn();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
