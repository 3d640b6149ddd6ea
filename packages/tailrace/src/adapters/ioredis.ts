import type { Pool } from "../pool/pool.ts";
import { clientPool } from "./client.ts";
import type { ClientPoolOptions, Emits } from "./client.ts";

/** As much of a client of `ioredis` as is needed. */
export interface IoredisClient extends Emits {
  connect(): Promise<unknown>;
  disconnect(): void;
  readonly status: string;
}

/**
 * A pool of clients of `ioredis`, for what needs a connection of its own. A client whose connection ends is replaced at
 * once, so let it neither connect nor reconnect by itself: `lazyConnect: true, retryStrategy: null`.
 *
 * @param make Makes a client that is not connected.
 * @throws {ArgumentError} if an option cannot be used
 * @example
 * ```ts
 * import { Redis } from "ioredis";
 * import { ioredisPool } from "tailrace/adapters";
 *
 * await using clients = ioredisPool(() => new Redis({ lazyConnect: true, retryStrategy: null }), { max: 4 });
 * console.log(await clients.use((client) => client.ping()));
 * ```
 */
export function ioredisPool<Client extends IoredisClient>(
  make: () => Client,
  options?: ClientPoolOptions<Client>,
): Pool<Client> {
  const stop = (client: Client): void => {
    client.disconnect();
  };
  return clientPool(make, options, {
    async connect(client, lost) {
      let failure: unknown;
      client.on("error", (error) => {
        failure = error;
      });
      client.on("end", () => {
        lost(failure);
      });
      try {
        await client.connect();
      } catch (error) {
        stop(client); // it would try again
        throw failure ?? error; // the latter says only that the connection is closed
      }
    },
    stop,
    isBroken: (client) => client.status !== "ready",
    terminate: stop,
  });
}
