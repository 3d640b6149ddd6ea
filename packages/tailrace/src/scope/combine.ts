// What Promise's combinators do, for functions instead of promises: each of them has a scope, so that nothing that was
// started goes on when the result is there.

import { callable, outOfRange, wrongType } from "../arguments.ts";
import { planOf } from "./options.ts";
import type { ScopeOptions } from "./scope.ts";
import { scope } from "./scope.ts";
import { abortError } from "./stoppable.ts";
import { FUNCTION, TaskScope } from "./task-scope.ts";
import type { TaskContext } from "./task.ts";

/** What is run as a task; its name is that of the function. */
export type Job<T = unknown> = (task: TaskContext) => T | PromiseLike<T>;

/** What a job gives. */
type Result<Work> = Work extends Job<infer T> ? Awaited<T> : never;

/**
 * Runs all jobs at the same time and gives their results, in the order of the jobs. It is `Promise.all` in a scope: the
 * first failure aborts the other jobs, and all of them have ended when this settles.
 *
 * @example
 * ```ts
 * import { all } from "tailrace";
 *
 * const [user, orders] = await all([
 *   ({ signal }) => fetch("https://example.com/user", { signal }),
 *   ({ signal }) => fetch("https://example.com/orders", { signal }),
 * ]);
 * console.log(user.status, orders.status);
 * ```
 * @throws what `scope` throws
 */
export async function all<const Jobs extends readonly Job[]>(
  jobs: Jobs,
  options?: ScopeOptions,
): Promise<{ -readonly [Index in keyof Jobs]: Result<Jobs[Index]> }> {
  check(jobs, 0);
  return (await scope((s) => Promise.all(jobs.map((job) => s.spawn(job))), options)) as never;
}

/**
 * Runs all jobs at the same time to their ends and tells of each whether it succeeded, in the order of the jobs, as
 * `Promise.allSettled` does. A failure aborts nobody.
 *
 * @example
 * ```ts
 * import { allSettled } from "tailrace";
 *
 * const hosts = ["north", "south"];
 * const results = await allSettled(
 *   hosts.map((host) => ({ signal }) => fetch(`https://${host}.example.com`, { signal })),
 *   { timeout: 10_000 },
 * );
 * console.log(results.filter(({ status }) => status === "rejected").length, "hosts do not answer");
 * ```
 * @throws the reason of the signal, or a `TimeoutError`, if that ends the jobs
 */
export async function allSettled<const Jobs extends readonly Job[]>(
  jobs: Jobs,
  options?: ScopeOptions,
): Promise<{ -readonly [Index in keyof Jobs]: PromiseSettledResult<Result<Jobs[Index]>> }> {
  check(jobs, 0);
  const results: PromiseSettledResult<unknown>[] = [];
  await runAll("allSettled", jobs, options, (result, index) => {
    results[index] = result;
    return false;
  });
  return results as never;
}

/**
 * Runs all jobs at the same time and gives the result of the first that succeeds, as `Promise.any` does. The others are
 * aborted then, with an `AbortError` that names the winner as reason, and waited for; how they end does not matter, nor
 * does a signal or time-out that comes meanwhile.
 *
 * @example
 * ```ts
 * import { any } from "tailrace";
 *
 * const mirrors = ["north", "south"];
 * const page = await any(mirrors.map((host) => ({ signal }) => fetch(`https://${host}.example.com`, { signal })));
 * console.log(page.url);
 * ```
 * @throws {AggregateError} if all fail, with the errors in the order of the jobs
 * @throws {ArgumentError} if there is no job
 */
export async function any<const Jobs extends readonly Job[]>(
  jobs: Jobs,
  options?: ScopeOptions,
): Promise<Result<Jobs[number]>> {
  check(jobs, 1);
  const errors: unknown[] = [];
  const { winner, name } = await runAll("any", jobs, options, (result, index) => {
    if (result.status === "fulfilled") return true;
    errors[index] = result.reason;
    return false;
  });
  if (winner?.status === "fulfilled") return winner.value as never;
  const [cause] = errors;
  const first = cause instanceof Error ? cause.message : String(cause);
  const message = `any in scope ${JSON.stringify(name)}: all ${errors.length.toString()} jobs failed, first: ${first}`;
  throw new AggregateError(errors, message, { cause });
}

/**
 * Runs all jobs at the same time; the first that ends decides, by its result or its error, as in `Promise.race`. The
 * others are aborted then, with an `AbortError` that names the winner as reason, and waited for; how they end does not
 * matter, nor does a signal or time-out that comes meanwhile.
 *
 * @example
 * ```ts
 * import { channel, race } from "tailrace";
 *
 * const [orders, alarms] = [channel<number>({ capacity: 1 }), channel<string>({ capacity: 1 })];
 * await alarms.send("fire");
 * const next = await race([({ signal }) => orders.receive({ signal }), ({ signal }) => alarms.receive({ signal })]);
 * console.log(next); // fire
 * ```
 * @throws the error of the first job that ends, if it failed
 * @throws {ArgumentError} if there is no job
 */
export async function race<const Jobs extends readonly Job[]>(
  jobs: Jobs,
  options?: ScopeOptions,
): Promise<Result<Jobs[number]>> {
  check(jobs, 1);
  const { winner } = await runAll("race", jobs, options, () => true);
  if (winner?.status === "rejected") throw winner.reason;
  return winner?.value as never;
}

function check(jobs: unknown, least: 0 | 1): void {
  if (!Array.isArray(jobs)) throw wrongType("jobs", jobs, "an array of functions");
  // A race without runners would wait for ever.
  if (jobs.length < least) throw outOfRange("jobs", jobs, "at least one function");
  jobs.forEach((job, index) => {
    callable(`jobs[${index.toString()}]`, job);
  });
}

interface Ran {
  /** Name of the scope in which they ran. */
  readonly name: string;
  /** The result that was enough. */
  readonly winner: PromiseSettledResult<unknown> | undefined;
}

/** Runs jobs whose failures are results. The others are aborted when `enough` says so of one. */
async function runAll(
  operation: string,
  jobs: readonly Job[],
  options: ScopeOptions | undefined,
  enough: (result: PromiseSettledResult<unknown>, index: number) => boolean,
): Promise<Ran> {
  const tasks = new TaskScope(planOf(options), FUNCTION);
  const { name } = tasks;
  let winner: PromiseSettledResult<unknown> | undefined;
  await tasks.run((s) => {
    jobs.forEach((job, index) => {
      s.spawn(
        async (task) => {
          const result = await settled(job, task);
          if (winner !== undefined || !enough(result, index)) return;
          winner = result;
          const first = `task ${JSON.stringify(task.name)} came first`;
          tasks.conclude(abortError(`${operation} in scope ${JSON.stringify(name)}: ${first}`));
        },
        { name: job.name },
      );
    });
  });
  return { name, winner };
}

async function settled(job: Job, task: TaskContext): Promise<PromiseSettledResult<unknown>> {
  try {
    return { status: "fulfilled", value: await job(task) };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}
