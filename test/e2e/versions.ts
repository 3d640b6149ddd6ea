import { run } from "./run.ts";

/** `pnpm test:matrix` tries all versions that are promised, the suite only those most likely to break. */
const all = process.env["MODE"] === "matrix";

/** Versions of ESLint, as for `npm install`. */
export const eslintVersions: readonly string[] = all ? ["9.0.0", "9", "10"] : ["9", "10"];

/** Versions of Node, as for `npm install`. */
export const nodeVersions: readonly string[] = all ? ["20.19.0", "20", "22.13.0", "22", "24", "26"] : ["20"];

/** What else runs the runtime, as for `npm install`. */
export const otherRuntimes: readonly string[] = all ? ["bun", "deno"] : [];

export const oldestNode = nodeVersions[0] ?? "20";

/** The path of a Node of some version, which npm brings. */
export function nodeOf(version: string): Promise<string> {
  return pathOf(`node@${version}`, ["node", "--print"]);
}

/** The path of another runtime, which npm brings. */
export function runtimeOf(name: string): Promise<string> {
  return pathOf(name, name === "deno" ? ["deno", "eval", "--print"] : [name, "--print"]);
}

async function pathOf(spec: string, evaluate: readonly string[]): Promise<string> {
  const args = ["--yes", "--package", spec, "--", ...evaluate, "process.execPath"];
  const { code, stdout, output } = await run("npx", args, { cwd: import.meta.dirname });
  if (code !== 0) throw new Error(`no ${spec}: ${output}`);
  return stdout.trim();
}
