import { existsSync } from "node:fs";
import { glob } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import ts from "typescript";

/**
 * The files for which a compiler would have types: those that the tsconfig beside or above a directory, and those below
 * it, include or refer to. To ask the compiler's project service file by file would take seconds for each that is not.
 */
export async function filesWithTypes(directory: string): Promise<ReadonlySet<string>> {
  const configs = new Set<string>();
  const above = ts.findConfigFile(directory, existsSync);
  if (above !== undefined) configs.add(above);
  const exclude = (name: string) => basename(name) === "node_modules" || basename(name) === "dist";
  for await (const below of glob("**/tsconfig.json", { cwd: directory, exclude })) configs.add(join(directory, below));

  const files = new Set<string>();
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  for (const config of configs) {
    const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, host);
    for (const file of parsed?.fileNames ?? []) files.add(resolve(file));
    for (const { path } of parsed?.projectReferences ?? []) {
      configs.add(path.endsWith(".json") ? path : join(path, "tsconfig.json"));
    }
  }
  return files;
}
