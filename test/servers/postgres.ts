import { execFile, execFileSync } from "node:child_process";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { find } from "./find.ts";
import { freePort, startDaemon } from "./daemon.ts";
import type { Server } from "./daemon.ts";

const run = promisify(execFile);

/** A new PostgreSQL cluster with trusted connections; clients find it by `PGHOST`, `PGPORT`, `PGUSER`, `PGDATABASE`. */
export async function startPostgres(): Promise<Server | undefined> {
  const initdb = find("initdb");
  const postgres = find("postgres");
  if (initdb === undefined || postgres === undefined) return undefined;
  const owner = unprivileged();
  const folder = await mkdtemp(join(tmpdir(), "tailrace-postgres-"));
  if (owner) await chown(folder, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder, env: { PATH: process.env["PATH"], LC_ALL: "C" } };
  await run(
    initdb,
    ["--pgdata", folder, "--username", "postgres", "--auth", "trust", "--no-sync", "--encoding", "UTF8"],
    options,
  );

  const port = (await freePort()).toString();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"];
  const args = ["-D", folder, ...settings.flatMap((setting) => ["-c", setting])];
  const daemon = await startDaemon([postgres, ...args], "database system is ready to accept connections", options);
  return {
    env: { PGHOST: "127.0.0.1", PGPORT: port, PGUSER: "postgres", PGDATABASE: "postgres" },
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** PostgreSQL does not run as root; its Debian package makes a user for it. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
