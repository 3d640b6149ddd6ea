import type { TaskContext } from "tailrace";
import { turn } from "../deadline.ts";

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

/** A source of numbers that counts what was pulled of it and notes its clean-up. */
export function counted(count: number): Counted {
  const state = { pulled: 0, closed: false };
  async function* generate(): AsyncGenerator<number, void> {
    try {
      for (let i = 0; i < count; i++) {
        state.pulled++;
        yield await Promise.resolve(i);
      }
    } finally {
      await turn();
      state.closed = true;
    }
  }
  return { items: generate(), state };
}

export interface Counted {
  readonly items: AsyncGenerator<number, void>;
  readonly state: { readonly pulled: number; readonly closed: boolean };
}
