import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { find } from "./find.ts";
import { freePort, startDaemon } from "./daemon.ts";
import type { Server } from "./daemon.ts";

/** An empty Redis that keeps nothing; clients find it by `REDIS_PORT`. */
export async function startRedis(): Promise<Server | undefined> {
  const redis = find("redis-server");
  if (redis === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "tailrace-redis-"));
  const port = (await freePort()).toString();
  const options = ["--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", "", "--appendonly", "no"];
  const daemon = await startDaemon([redis, ...options], "Ready to accept connections");
  return {
    env: { REDIS_PORT: port },
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
