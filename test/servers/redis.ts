import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { find } from "./find.ts";
import { freePort, startDaemon } from "./daemon.ts";
import type { Daemon, Server } from "./daemon.ts";

/** A Redis that can be started again where it was, empty. */
export interface RedisServer extends Server {
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** An empty Redis that keeps nothing; clients find it by `REDIS_PORT`. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const redis = find("redis-server");
  if (redis === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "tailrace-redis-"));
  const port = (await freePort()).toString();
  const options = ["--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", "", "--appendonly", "no"];
  const start = (): Promise<Daemon> => startDaemon([redis, ...options], "Ready to accept connections");
  let daemon = await start();
  return {
    env: { REDIS_PORT: port },
    kill: () => daemon.kill(),
    async restart() {
      daemon = await start();
    },
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
