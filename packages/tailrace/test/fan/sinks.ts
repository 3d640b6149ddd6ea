import type { TaskContext } from "tailrace";

/** Takes all items into an array. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A sink that notes how its items ended. */
export function witness<T>(): Witness<T> {
  const seen: Witness<T>["seen"] = { items: [], ending: "none", error: undefined, reason: undefined };
  const run = async (items: AsyncIterable<T>, { signal }: TaskContext): Promise<void> => {
    signal.addEventListener("abort", () => {
      seen.reason = signal.reason;
    });
    try {
      for await (const item of items) seen.items.push(item);
      seen.ending = "end";
    } catch (error) {
      seen.ending = "error";
      seen.error = error;
      throw error;
    }
  };
  return { run, seen };
}

export interface Witness<T> {
  readonly run: (items: AsyncIterable<T>, task: TaskContext) => Promise<void>;
  readonly seen: { items: T[]; ending: "none" | "end" | "error"; error: unknown; reason: unknown };
}

/** Rejects with the reason when the signal aborts, as a well-behaved operation does. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** A source of numbers that counts what was pulled of it and notes its clean-up. */
export function numbers(count: number): Counted {
  const state = { pulled: 0, closed: false };
  async function* generate(): AsyncGenerator<number, void> {
    try {
      for (let i = 0; i < count; i++) {
        state.pulled++;
        yield await Promise.resolve(i);
      }
    } finally {
      await new Promise((resolve) => setImmediate(resolve));
      state.closed = true;
    }
  }
  return { items: generate(), state };
}

export interface Counted {
  readonly items: AsyncGenerator<number, void>;
  readonly state: { readonly pulled: number; readonly closed: boolean };
}

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
