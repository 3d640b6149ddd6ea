import type { TaskContext } from "tailrace";

const version = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node;

/** Whether a call is known to come from inside another one: a browser does not keep track of that. */
export const callersAreKnown: boolean = version !== undefined;

/** Whether a wait is known by its task: older versions of Node would be slowed down by that. */
export const tasksAreKnown: boolean = parseInt(version ?? "", 10) >= 24;

/** A well-behaved task: runs until it is told to stop, then rejects with the reason. */
export function untilAborted({ signal }: Pick<TaskContext, "signal">): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** The reason of the signal, when it has aborted. */
export async function aborted(signal: AbortSignal): Promise<unknown> {
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
    });
  }
  return signal.reason;
}

/** A promise that somebody else settles. */
export class Gate<T = void> {
  readonly opened: Promise<T>;
  /** A function that runs until then. */
  readonly run = (): Promise<T> => this.opened;
  open!: (value: T) => void;
  fail!: (error: unknown) => void;

  constructor() {
    this.opened = new Promise((resolve, reject) => {
      this.open = resolve;
      this.fail = reject;
    });
  }
}
