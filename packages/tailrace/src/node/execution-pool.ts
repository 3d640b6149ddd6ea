import { nameOf } from "../arguments.ts";
import { pool } from "../pool/pool.ts";
import type { PoolOptions } from "../pool/options.ts";
import type { StepContext } from "../pool/step.ts";
import { onAbort } from "../waits/abort.ts";
import { ExitError } from "./errors.ts";
import { openExecutions } from "./executions.ts";
import type { ExecutionPool, Executor, RunOptions } from "./executor.ts";
import { Instance } from "./instance.ts";

/** The options of `pool` but for what a pool of processes or threads does itself. */
export type ExecutionPoolOptions<Request, Response, Output> = Omit<
  PoolOptions<Executor<Request, Response, Output>>,
  "spawn" | "check" | "terminate"
>;

/**
 * A pool whose instances run requests.
 *
 * @param start settles when the instance is ready
 */
export function executionPool<Request, Response, Output>(
  kind: "process" | "worker",
  options: ExecutionPoolOptions<Request, Response, Output>,
  start: (instance: Instance<Request, Response, Output>, context: StepContext) => Promise<void>,
): ExecutionPool<Request, Response, Output> {
  const name = nameOf(`${kind}-pool`, options.name);
  const executions = openExecutions();
  const executors = pool<Instance<Request, Response, Output>>({
    ...options,
    name,
    async spawn(context) {
      const instance = new Instance<Request, Response, Output>(
        kind,
        `${name}[${context.slot.toString()}]`,
        executions,
        context.lost,
      );
      await start(instance, context);
      return instance;
    },
    check: (instance) => instance.check(),
    broken: (instance) => instance.isOver || options.broken?.(instance) === true,
    terminate: (instance, { reason }) => {
      return instance.end(new ExitError(`${kind} "${instance.name}" was ended by its pool: ${reason}`, {}));
    },
  });
  return Object.assign(executors, {
    run: (request: Request, given?: RunOptions<Output>) =>
      executions.track(given, async (limits) => {
        using lease = await executors.acquire({ signal: limits.signal });
        const unwatch = onAbort(lease.signal, limits.stop);
        const { value } = lease;
        try {
          return await value.ask(request, limits);
        } catch (error) {
          if (value.isOver) lease.discard(error);
          throw error;
        } finally {
          unwatch();
        }
      }),
    kill: (id: string, reason?: unknown) => executions.kill(id, reason),
  });
}
