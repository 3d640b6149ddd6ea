import type { Server } from "./daemon.ts";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";

export type ServerName = "postgres" | "redis";

/** How each kind of server is started; undefined where its Debian package is not installed. */
export const servers: Readonly<Record<ServerName, () => Promise<Server | undefined>>> = {
  postgres: startPostgres,
  redis: startRedis,
};
