// What systeminit/si's veritech does with pool-noodle: user functions come from a queue, and each runs once in a process
// of its own. A message is taken only when a process waits for it; one whose function has not begun goes back to the
// queue, one whose function has begun never does.
import { scope, TimeoutError } from "tailrace";
import type { Admission } from "tailrace";
import { ExecutionKilledError } from "tailrace/node";
import type { ExecutionPool, Executor } from "tailrace/node";
import type { Delivery, Queue } from "./queue.ts";

/** A user function, and how it is to behave. */
export interface UserFunction {
  readonly id: string;
  readonly does: "echo" | "slow" | "fail" | "hang" | "progress";
  readonly input: string;
}

export type Outcome =
  | { readonly id: string; readonly status: "succeeded"; readonly output: string; readonly progress: readonly string[] }
  | { readonly id: string; readonly status: "failed" | "killed" | "timed-out"; readonly error: string }
  | { readonly id: undefined; readonly status: "malformed"; readonly error: string };

export type Processes = ExecutionPool<UserFunction, string, string>;

export interface RunnerOptions {
  readonly queue: Queue;
  readonly processes: Processes;
  readonly publish: (outcome: Outcome) => void;
  /** Ends the runner; what has begun is finished. */
  readonly signal: AbortSignal;
  /** Milliseconds that a function may run. */
  readonly executionTimeout: number;
  /** Milliseconds to wait for a process, should the one that was promised be of no use. */
  readonly acquireTimeout: number;
  /** Milliseconds after which a message comes again whose function could not begin; twice as many each time. */
  readonly redeliverAfter: number;
}

export async function runFunctions(options: RunnerOptions): Promise<void> {
  const { queue, processes, publish, signal } = options;
  await scope(async (s) => {
    while (!signal.aborted) {
      const admission = await orStopped(signal, () => processes.admit({ signal, timeout: Infinity }));
      if (admission === undefined) break;
      const delivery = await orStopped(signal, () => queue.take(signal)).catch(() => undefined);
      const given = delivery === undefined ? undefined : read(delivery.body);
      if (given === undefined || delivery === undefined) {
        admission.release();
        delivery?.ack();
        if (delivery !== undefined) publish({ id: undefined, status: "malformed", error: delivery.body });
        continue;
      }
      s.spawn(() => execute(options, admission, delivery, given), { name: given.id });
    }
  });
}

async function execute(
  { publish, executionTimeout, acquireTimeout, redeliverAfter }: RunnerOptions,
  admission: Admission<Executor<UserFunction, string, string>>,
  delivery: Delivery,
  given: UserFunction,
): Promise<void> {
  const { id } = given;
  using lease = await admission.acquire({ timeout: acquireTimeout }).catch(() => undefined);
  if (lease === undefined) {
    delivery.nack(redeliverAfter * 2 ** (delivery.attempt - 1));
    return;
  }
  const progress: string[] = [];
  const onOutput = (text: string): void => void progress.push(text);
  try {
    const output = await lease.value.run(given, { id, timeout: executionTimeout, onOutput });
    publish({ id, status: "succeeded", output, progress });
  } catch (error) {
    publish({ id, status: statusOf(error), error: String(error) });
  } finally {
    delivery.ack();
  }
}

function statusOf(error: unknown): "failed" | "killed" | "timed-out" {
  if (error instanceof ExecutionKilledError) return "killed";
  return error instanceof TimeoutError ? "timed-out" : "failed";
}

/** Undefined if that was ended by the signal. */
async function orStopped<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function read(body: string): UserFunction | undefined {
  try {
    const given = JSON.parse(body) as Partial<UserFunction>;
    return given.id === undefined || given.does === undefined ? undefined : (given as UserFunction);
  } catch {
    return undefined;
  }
}
