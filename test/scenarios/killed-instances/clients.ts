import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { ioredisPool } from "tailrace/adapters";
import { startRedis } from "../../servers/redis.ts";
import { SIZE } from "./load.ts";
import type { Load } from "./load.ts";

/** A pool of clients of a server that is killed, and comes back after a while; nothing where there is no Redis. */
export async function clients(): Promise<Load | undefined> {
  const server = await startRedis();
  if (server === undefined) return undefined;
  const port = Number(server.env["REDIS_PORT"]);
  const open = new Set<unknown>();
  const connections = ioredisPool(
    () => {
      const client = new Redis({ host: "127.0.0.1", port, lazyConnect: true, retryStrategy: null });
      client.on("ready", () => open.add(client));
      client.on("end", () => open.delete(client));
      return client;
    },
    { name: "clients", max: SIZE, retryDelay: 10, retryCap: 200 },
  );
  let asked = 0;
  return {
    pool: connections,
    async ask() {
      const text = (asked++).toString();
      const answer = await connections.use((client) => client.echo(text));
      if (answer !== text) throw new TypeError(`asked for ${text}, got ${answer}`);
    },
    async kill() {
      await sleep(Math.random() * 2000);
      await server.kill();
      await sleep(Math.random() * 200);
      await server.restart();
    },
    left: () => open.size,
    async [Symbol.asyncDispose]() {
      await connections.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
