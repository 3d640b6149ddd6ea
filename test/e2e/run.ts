import { execFile } from "node:child_process";

export interface Ended {
  /** Exit code; -1 if it did not start or had to be stopped. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, for messages. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** What is set in its environment, besides that of the test. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program without input, for at most two minutes. */
export function run(program: string, args: readonly string[], { cwd, env }: RunOptions): Promise<Ended> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: 120_000, maxBuffer: 1e8 };
  return new Promise((resolve) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const failed = error !== null && child.exitCode === null ? error.message : "";
      resolve({ code: child.exitCode ?? -1, stdout, stderr, output: `${stdout}${stderr}${failed}` });
    });
    child.stdin?.end();
  });
}
