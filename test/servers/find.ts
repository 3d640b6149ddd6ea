import { existsSync, globSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of a program: in `PATH`, or where Debian keeps those of PostgreSQL. */
export function find(program: string): string | undefined {
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...globSync("/usr/lib/postgresql/*/bin").sort().reverse(),
  ];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
