import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parse, stringify } from "flatted";
import type { PoolRunnerInitializer } from "vitest/node";
import type { Runtime } from "./runtimes.ts";

type Worker = ReturnType<PoolRunnerInitializer["createPoolWorker"]>;

/** Runs each file of tests in a process of that runtime. Vitest stays in this one: it needs a newer Node than we do. */
export function poolOf(runtime: Runtime): PoolRunnerInitializer {
  return { name: runtime.name, createPoolWorker: ({ env }) => workerIn(runtime, env) };
}

function workerIn({ name, args, find }: Runtime, env: Partial<NodeJS.ProcessEnv>): Worker {
  let started: ChildProcess | undefined;
  const child = (): ChildProcess => {
    if (started === undefined) throw new Error(`the process of ${name} was not started`);
    return started;
  };
  return {
    name,
    async start() {
      const worker = join(import.meta.dirname, "worker.js");
      started = fork(worker, [], { execPath: await find(), execArgv: [...args], env });
      await once(started, "spawn");
    },
    async stop() {
      const { exitCode, signalCode } = child();
      if (exitCode !== null || signalCode !== null) return;
      const exit = once(child(), "exit");
      child().kill();
      await exit;
    },
    // Text: the runtimes do not share a binary form of values.
    send: (message) => void child().send(stringify(message)),
    deserialize: (data) => parse(data as string) as unknown,
    on: (event, listener) => void child().on(event, listener),
    off: (event, listener) => void child().off(event, listener),
  };
}
