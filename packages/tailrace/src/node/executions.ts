import { outOfRange } from "../arguments.ts";
import { onAbort } from "../waits/abort.ts";
import { ExecutionKilledError } from "./errors.ts";
import { runOptionsOf } from "./executor.ts";
import type { RunOptions } from "./executor.ts";

/** The requests of a pool that wait or run, and how they are ended. */
export interface Executions {
  /** Runs a request by the function, which gets what ends it besides its own signal. */
  track<Output, R>(options: RunOptions<Output> | undefined, run: (limits: Tracked<Output>) => Promise<R>): Promise<R>;
  kill(id: string, reason: unknown): boolean;
}

/** The checked options of a request, and one signal for all that ends it. */
export interface Tracked<Output> extends RunOptions<Output> {
  readonly signal: AbortSignal;
  readonly timeout: number;
  readonly stop: (reason: unknown) => void;
}

export function openExecutions(): Executions {
  const named = new Map<string, AbortController>();
  return {
    async track(options, run) {
      const given = runOptionsOf(options);
      const { id, signal } = given;
      if (id !== undefined && named.has(id)) throw outOfRange("id", id, "one that no other request has");
      const controller = new AbortController();
      const stop = (reason: unknown): void => {
        controller.abort(reason);
      };
      const unwatch = signal === undefined ? undefined : onAbort(signal, stop);
      if (id !== undefined) named.set(id, controller);
      try {
        return await run({ ...given, signal: controller.signal, stop });
      } finally {
        if (id !== undefined) named.delete(id);
        unwatch?.();
      }
    },
    kill(id, reason) {
      const options = reason === undefined ? undefined : { cause: reason };
      const error = new ExecutionKilledError(`execution ${JSON.stringify(id)} was killed`, options);
      const controller = named.get(id);
      controller?.abort(error);
      return controller !== undefined;
    },
  };
}
