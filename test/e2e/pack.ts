import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.ts";

const root = join(import.meta.dirname, "../..");

/** Packs all published packages, as they were last built, into a directory, and returns the paths of the tarballs. */
export async function pack(directory: string): Promise<string[]> {
  const manifest = await readFile(join(root, "package.json"), "utf8");
  const pnpm = /pnpm@[\d.]+/.exec(manifest)?.[0] ?? "pnpm"; // the version that the scripts of the workspace use
  const all = ["--filter", "./packages/*", "exec", "pnpm", "pack", "--pack-destination", directory];
  const { code, output } = await run("npx", ["--yes", pnpm, ...all], { cwd: root });
  const tarballs = globSync("*.tgz", { cwd: directory }).map((file) => join(directory, file));
  if (code !== 0 || tarballs.length === 0) throw new Error(`cannot pack: ${output}`);
  return tarballs;
}
