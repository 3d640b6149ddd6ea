import type { PoolOptions } from "../pool/options.ts";

/** Options of a pool whose instances are made and ended by an adapter: all others of `pool`. */
export type ClientPoolOptions<Client> = Omit<PoolOptions<Client>, "spawn" | "terminate">;

/** As much of an emitter as the adapters need. */
export interface Emits {
  on(event: "error" | "end", listener: (reason?: unknown) => void): unknown;
}

/** Connects, unless the signal aborts before that is done. */
export async function connected(signal: AbortSignal, connect: () => Promise<unknown>, stop: () => void): Promise<void> {
  signal.addEventListener("abort", stop, { once: true });
  try {
    await connect();
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
