import type { Pool } from "../pool/pool.ts";
import { quiet } from "../promises.ts";
import { clientPool, tellLoss } from "./client.ts";
import type { ClientPoolOptions, Emits } from "./client.ts";

/** As much of a client of `pg` as is needed. */
export interface PgClient extends Emits {
  connect(): Promise<unknown>;
  end(): Promise<unknown>;
  /** `I` outside of transactions. */
  getTransactionStatus?(): string | null;
}

/**
 * A pool of clients of `pg`. A client whose connection breaks is replaced at once, also while nobody uses it; one that
 * comes back in the middle of a transaction is closed, so that nobody else goes on in it. Nothing is sent before a
 * client is given to somebody: pass `check` to ask the server each time.
 *
 * @param make Makes a client that is not connected.
 * @throws {ArgumentError} if an option cannot be used
 * @example
 * ```ts
 * import { Client } from "pg";
 * import { pgPool } from "tailrace/adapters";
 *
 * await using db = pgPool(() => new Client({ host: "127.0.0.1" }), { name: "db", max: 4 });
 * const { rows } = await db.use((client) => client.query("select now()"));
 * console.log(rows);
 * ```
 */
export function pgPool<Client extends PgClient>(make: () => Client, options?: ClientPoolOptions<Client>): Pool<Client> {
  return clientPool(make, options, {
    connect(client, lost) {
      tellLoss(client, lost);
      return client.connect();
    },
    stop: (client) => void quiet(client.end()),
    isBroken: (client) => (client.getTransactionStatus?.() ?? "I") !== "I",
    terminate: (client) => client.end(),
  });
}
