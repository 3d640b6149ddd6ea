import type { TaskContext } from "tailrace";

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

/** A promise that somebody else settles. */
export class Gate<T = void> {
  readonly opened: Promise<T>;
  open!: (value: T) => void;
  fail!: (error: unknown) => void;

  constructor() {
    this.opened = new Promise((resolve, reject) => {
      this.open = resolve;
      this.fail = reject;
    });
  }
}
