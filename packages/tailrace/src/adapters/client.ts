import { callable } from "../arguments.ts";
import type { PoolOptions } from "../pool/options.ts";
import { pool } from "../pool/pool.ts";
import type { Pool } from "../pool/pool.ts";
import type { StepContext } from "../pool/step.ts";
import { onAbort } from "../waits/abort.ts";

/** Options of a pool whose instances are made and ended by an adapter: all others of `pool`. */
export type ClientPoolOptions<Client> = Omit<PoolOptions<Client>, "spawn" | "terminate">;

/** As much of an emitter as the adapters need. */
export interface Emits {
  on(event: "error" | "end", listener: (reason?: unknown) => void): unknown;
}

/** What is done with a kind of client. */
export interface Driver<Client> {
  /** Tells of the end of its connection from then on. */
  connect(client: Client, lost: StepContext["lost"]): Promise<unknown>;
  /** Ends what `connect` has begun. */
  stop(client: Client): void;
  isBroken(client: Client): boolean;
  readonly terminate: NonNullable<PoolOptions<Client>["terminate"]>;
}

/** A pool of clients. */
export function clientPool<Client>(
  make: () => Client,
  options: ClientPoolOptions<Client> | undefined,
  driver: Driver<Client>,
): Pool<Client> {
  callable("make", make);
  return pool<Client>({
    ...options,
    async spawn({ signal, lost }) {
      const client = make();
      const unwatch = onAbort(signal, () => {
        driver.stop(client);
      });
      try {
        await driver.connect(client, lost);
      } finally {
        unwatch();
      }
      return client;
    },
    broken: (client) => driver.isBroken(client) || options?.broken?.(client) === true,
    terminate: driver.terminate,
  });
}

/** Listens for the end of a connection. */
export function tellLoss(client: Emits, lost: StepContext["lost"]): void {
  client.on("error", lost);
  client.on("end", lost);
}
