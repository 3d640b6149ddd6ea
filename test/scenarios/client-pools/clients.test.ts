// Pools of clients of real servers: what breaks is replaced, what is left open is not passed on, and all ends.
import { Redis } from "ioredis";
import { Client } from "pg";
import { createClient } from "redis";
import { TimeoutError } from "tailrace";
import type { Pool, PoolEvent } from "tailrace";
import { ioredisPool, pgPool, redisPool } from "tailrace/adapters";
import { describe, expect, test } from "vitest";
import { freePort } from "../../servers/daemon.ts";
import { environmentOf } from "../../servers/environment.ts";

interface Options {
  readonly max: number;
  readonly onEvent?: (event: PoolEvent) => void;
}

/** A kind of client, and what the tests want of it. */
interface Kind<C> {
  readonly isThere: boolean;
  readonly open: (options: Options, port?: number) => Pool<C>;
  /** What the server calls its connection. */
  readonly idOf: (client: C) => Promise<string>;
  /** Lets the server end the connection of another one. */
  readonly kill: (client: C, id: string) => Promise<unknown>;
}

const redis = await environmentOf("redis");
const postgres = await environmentOf("postgres");
const redisPort = Number(redis?.["REDIS_PORT"]);
const host = "127.0.0.1";

const ofPg: Kind<Client> = {
  isThere: postgres !== undefined,
  open: (options, port = Number(postgres?.["PGPORT"])) =>
    pgPool(() => new Client({ host, port, user: "postgres", database: "postgres" }), options),
  async idOf(client) {
    const { rows } = await client.query<{ id: number }>("select pg_backend_pid() as id");
    return String(rows[0]?.id);
  },
  kill: (client, id) => client.query("select pg_terminate_backend($1)", [id]),
};

const ofIoredis: Kind<Redis> = {
  isThere: redis !== undefined,
  open: (options, port = redisPort) =>
    ioredisPool(() => new Redis({ host, port, lazyConnect: true, retryStrategy: null }), options),
  idOf: async (client) => String(await client.client("ID")),
  kill: (client, id) => client.client("KILL", "ID", id),
};

const clientOfRedis = (port: number) => createClient({ socket: { host, port, reconnectStrategy: false } });
type RedisClient = ReturnType<typeof clientOfRedis>;

const ofRedis: Kind<RedisClient> = {
  isThere: redis !== undefined,
  open: (options, port = redisPort) => redisPool(() => clientOfRedis(port), options),
  idOf: async (client) => String(await client.clientId()),
  kill: (client, id) => client.sendCommand(["CLIENT", "KILL", "ID", id]),
};

/** Settles at an event of that type, which must not have come before. */
function events(): {
  readonly onEvent: (event: PoolEvent) => void;
  readonly next: (type: PoolEvent["type"]) => Promise<PoolEvent>;
} {
  const waiting = new Map<string, (event: PoolEvent) => void>();
  return {
    onEvent: (event) => waiting.get(event.type)?.(event),
    next: (type) =>
      new Promise((resolve) => {
        waiting.set(type, resolve);
      }),
  };
}

function behaves<C>(name: string, { isThere, open, idOf, kill }: Kind<C>): void {
  describe.runIf(isThere)(name, () => {
    test("a few clients serve many", async () => {
      await using clients = open({ max: 3 });
      await clients.ready(); // two of them could be enough while the third one connects
      const ids = await Promise.all(Array.from({ length: 60 }, () => clients.use(idOf)));
      expect(new Set(ids).size).toBe(3);
      expect(clients.stats.totals).toMatchObject({ spawned: 3, acquired: 60, released: 60, failed: 0 });
    });

    test("a client whose connection breaks while nobody uses it is replaced", async () => {
      const { onEvent, next } = events();
      await using clients = open({ max: 2, onEvent });
      await clients.ready();
      using one = await clients.acquire();
      const other = await clients.use(idOf);
      const [terminated, spawned] = [next("terminated"), next("spawned")];
      await kill(one.value, other);
      expect(await terminated).toMatchObject({ reason: "lost" });
      await spawned;
      expect(await clients.use(idOf)).not.toBe(other);
      expect(clients.stats.slots).toMatchObject({ ready: 1, leased: 1 });
    });

    test("who uses a client whose connection breaks is told, and the next one gets another", async () => {
      await using clients = open({ max: 2 });
      await clients.ready();
      const [one, other] = [await clients.acquire(), await clients.acquire()];
      const id = await idOf(other.value);
      const told = new Promise((resolve) => {
        other.signal.addEventListener("abort", resolve, { once: true });
      });
      await kill(one.value, id);
      await told;
      other.release();
      expect(await clients.use(idOf)).not.toBe(id);
      one.release();
    });

    test("where nobody listens, an error says so", async () => {
      await using clients = open({ max: 1 }, await freePort());
      const error: unknown = await clients.acquire({ timeout: 200 }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error).toMatchObject({
        message: expect.stringMatching(/spawn has failed .*ECONNREFUSED/u) as unknown,
        cause: { code: "ECONNREFUSED" },
      });
    });
  });
}

behaves("pg", ofPg);
behaves("ioredis", ofIoredis);
behaves("redis", ofRedis);

test.runIf(postgres !== undefined)("nobody gets a client in the middle of a transaction", async () => {
  await using clients = ofPg.open({ max: 1 });
  const id = await clients.use(async (client) => {
    await client.query("begin");
    return ofPg.idOf(client);
  });
  expect(await clients.use(ofPg.idOf)).not.toBe(id);
});
