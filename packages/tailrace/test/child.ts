import { execFile } from "node:child_process";

/** How a program ended. */
export interface Ended {
  /** Null if it had to be stopped. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the runtime that runs the test, in some folder. */
export function runChild(args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, timeout: 60_000, maxBuffer: 1e8 }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

/** Whether that is Node itself, and not what calls itself compatible. */
export const isNode: boolean = !("Bun" in globalThis) && !("Deno" in globalThis);

/** Whether that runs programs that import the sources: TypeScript with `using` declarations. */
export const readsSources: boolean =
  typeof process.features.typescript === "string" && (!isNode || parseInt(process.versions.node, 10) >= 24);
