import { run } from "../e2e/run.ts";

/** What runs JavaScript, and comes with npm. */
export interface Runtime {
  readonly name: string;
  /** What stands before the file on its command line. */
  readonly args: readonly string[];
  /** Path of its program, which npm installs if need be. */
  readonly find: () => Promise<string>;
}

/** All that are promised, or only the one that is most likely to break; the oldest Node first. */
export function runtimes(all: boolean): readonly [Runtime, ...Runtime[]] {
  if (!all) return [node("20")];
  return [node("20.19.0"), ...["20", "22.13.0", "22", "24", "26"].map(node), BUN, DENO];
}

const node = (version: string): Runtime => ({
  name: `Node ${version}`,
  args: [],
  find: () => locate(`node@${version}`, ["node", "--print"]),
});

const BUN: Runtime = { name: "Bun", args: [], find: () => locate("bun", ["bun", "--print"]) };

const DENO: Runtime = {
  name: "Deno",
  args: ["run", "--allow-all"],
  find: () => locate("deno", ["deno", "eval", "--print"]),
};

const located = new Map<string, Promise<string>>();

function locate(spec: string, evaluate: readonly string[]): Promise<string> {
  const known = located.get(spec) ?? install(spec, evaluate);
  located.set(spec, known);
  return known;
}

async function install(spec: string, evaluate: readonly string[]): Promise<string> {
  const args = ["--yes", "--package", spec, "--", ...evaluate, "process.execPath"];
  const { code, stdout, output } = await run("npx", args, { cwd: import.meta.dirname });
  if (code !== 0) throw new Error(`no ${spec}: ${output}`);
  return stdout.trim();
}
