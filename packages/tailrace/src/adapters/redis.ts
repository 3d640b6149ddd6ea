import type { Pool } from "../pool/pool.ts";
import { clientPool, tellLoss } from "./client.ts";
import type { ClientPoolOptions, Emits } from "./client.ts";

/** As much of a client of `redis` as is needed. */
export interface RedisClient extends Emits {
  connect(): Promise<unknown>;
  /** Ends the connection when everything that was asked is answered. */
  close(): unknown;
  /** Ends the connection now. */
  destroy(): unknown;
  readonly isReady: boolean;
}

/**
 * A pool of clients of `redis`, for what needs a connection of its own: `WATCH` with `MULTI`, blocking commands, scripts
 * that hold on. (Everything else can share one client.) A client whose connection ends is replaced at once, so let it not
 * reconnect by itself: `socket: { reconnectStrategy: false }`.
 *
 * @param make Makes a client that is not connected.
 * @throws {ArgumentError} if an option cannot be used
 * @example
 * ```ts
 * import { createClient } from "redis";
 * import { redisPool } from "tailrace/adapters";
 *
 * await using clients = redisPool(() => createClient({ socket: { reconnectStrategy: false } }), { max: 4 });
 * console.log(await clients.use((client) => client.ping()));
 * ```
 */
export function redisPool<Client extends RedisClient>(
  make: () => Client,
  options?: ClientPoolOptions<Client>,
): Pool<Client> {
  return clientPool(make, options, {
    connect(client, lost) {
      tellLoss(client, lost);
      return client.connect();
    },
    stop: (client) => void client.destroy(),
    isBroken: (client) => !client.isReady,
    terminate: (client, { reason }) => (client.isReady && reason !== "lost" ? client.close() : undefined),
  });
}
