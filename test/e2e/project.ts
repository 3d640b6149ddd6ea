import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pack } from "./pack.ts";
import { run } from "./run.ts";

const tests = join(import.meta.dirname, "..");

/** A project outside of the workspace that has our packed packages, and others, from its own `npm install`. */
export interface Project extends AsyncDisposable {
  readonly directory: string;
  /** Makes a folder of copies of files of `test/`, under the names given, and returns its path. */
  add(folder: string, files: Readonly<Record<string, string>>): Promise<string>;
}

/** @param packages What else to install, as for `npm install` */
export async function createProject(packages: readonly string[]): Promise<Project> {
  const directory = await mkdtemp(join(tmpdir(), "tailrace-project-"));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await writeFile(join(directory, "package.json"), '{ "private": true, "type": "module" }\n');
    const tarballs = (await pack(directory)).map((path) => `./${basename(path)}`);
    const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
    const { code, output } = await run("npm", ["install", ...quiet, ...tarballs, ...packages], { cwd: directory });
    if (code !== 0) throw new Error(`cannot install ${packages.join(", ")}: ${output}`);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    directory,
    async add(folder, files) {
      const path = join(directory, folder);
      await mkdir(path);
      for (const [name, source] of Object.entries(files)) await cp(join(tests, source), join(path, name));
      return path;
    },
    [Symbol.asyncDispose]: remove,
  };
}
