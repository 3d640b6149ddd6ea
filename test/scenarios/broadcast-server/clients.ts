import { fork } from "node:child_process";
import { once } from "node:events";
import type { RequestOptions } from "node:http";
import { channel } from "tailrace";
import type { Channel } from "tailrace";

/** Clients of a broadcast server: `quick-0`, `quick-1`, …, `slow-0`, …, `silent-0`, … */
export interface Crowd {
  /** Where the server listens. */
  readonly where: Pick<RequestOptions, "host" | "port" | "socketPath">;
  readonly quick: number;
  /** They take one event while the quick ones take four. */
  readonly slow: number;
  /** They take nothing at all. */
  readonly silent: number;
  /** Bytes of the data of an event. */
  readonly size: number;
}

/** What a client has got. */
export interface Tally {
  readonly name: string;
  events: number;
  /** The number of the last one. */
  last: number;
  /** Those that were not whole, or out of order. */
  broken: number;
}

/** What the process of the clients tells: `seen` when all quick ones have an event. */
export type Told =
  | { readonly kind: "connected" }
  | { readonly kind: "seen"; readonly number: number }
  | { readonly kind: "ended"; readonly tallies: readonly Tally[] };

export interface Clients extends AsyncDisposable {
  /** Is closed with an error when the process ends. */
  readonly told: Channel<Told>;
  /** From here on the slow ones take what there is. */
  hurry(): void;
}

/** Clients in a process of their own. */
export function startClients(crowd: Crowd): Clients {
  const child = fork(new URL("clients.child.ts", import.meta.url), [JSON.stringify(crowd)], {
    execArgv: ["--conditions=tailrace-source", "--no-warnings"],
  });
  const told = channel<Told>({ name: "clients", capacity: Infinity });
  child.on("message", (message: Told) => void told.trySend(message));
  const exit = once(child, "exit").then(([code]) => {
    told.close(new Error(`the clients have ended with code ${String(code)}`));
  });
  return {
    told,
    hurry: () => void child.send("hurry"),
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}
