import { afterAll } from "vitest";
import type { Server } from "./daemon.ts";
import { servers } from "./servers.ts";
import type { ServerName } from "./servers.ts";

const started = new Map<ServerName, Promise<Server | undefined>>();

afterAll(async () => {
  await Promise.all(Array.from(started.values(), async (starting) => (await starting)?.[Symbol.asyncDispose]()));
});

/**
 * The environment in which clients find a server, which is started at the first call of a test file and ended with that
 * file; undefined where this machine lacks it.
 */
export async function environmentOf(name: ServerName | undefined): Promise<Server["env"] | undefined> {
  if (name === undefined) return {};
  const starting = started.get(name) ?? servers[name]();
  started.set(name, starting);
  return (await starting)?.env;
}
