import type { Pool } from "tailrace";
import { processPool } from "tailrace/node";
import type { ExecutionPool, ProcessPoolOptions, RunOptions } from "tailrace/node";
import { afterEach, expect } from "vitest";
import { isNode } from "../child.ts";
import { idle } from "../deadline.ts";
import { nothingIsLeft } from "../leftovers.ts";

type Request = readonly [act: string, given?: unknown];

/** A pool of one process that does what it is told, unless other options are given. */
export function rawPool(options: Partial<ProcessPoolOptions<Request, unknown>> = {}): ExecutionPool<Request, unknown> {
  const module = new URL("raw.js", import.meta.url);
  return processPool<Request, unknown>({ module, execArgv: [], max: 1, killAfter: 5000, retryDelay: 20, ...options });
}

/** Makes each test of the file fail if a process, thread, timer or wait is left of it. */
export function noProcessIsLeft(): void {
  nothingIsLeft();
  if (!isNode) return;
  const kinds = ["ProcessWrap", "Worker", "PipeServerWrap", "PipeConnectWrap"];
  const active = (): string[] => process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind));
  afterEach(async () => {
    await idle();
    expect(active()).toEqual([]);
  });
}

/** A request that has begun, and does not end by itself. */
export async function hang(
  executor: Pick<ExecutionPool<Request, unknown>, "run">,
  options?: RunOptions,
): Promise<{ readonly failed: ReturnType<typeof errorOf> }> {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const failed = errorOf(executor.run(["hang"], { ...options, onOutput: begin }));
  await Promise.race([begun, failed]);
  return { failed };
}

/** What a call rejects with. */
export async function errorOf(call: Promise<unknown>): Promise<Error & Readonly<Record<string, unknown>>> {
  return call.then(
    (value) => {
      throw new Error(`did not fail, but gave ${String(value)}`);
    },
    (error: unknown) => error as Error & Readonly<Record<string, unknown>>,
  );
}

/** What a pool cannot be started with. */
export async function failureOf(pool: Pool<unknown>): Promise<unknown> {
  const test = await pool.selfTest();
  await pool.close();
  expect(test).toMatchObject({ status: "failed", step: "spawn" });
  return test.status === "failed" ? test.error : undefined;
}
