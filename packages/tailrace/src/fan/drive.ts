import { nameOf, options as optionsOf, wrongType } from "../arguments.ts";
import { pause } from "../pace.ts";
import { quiet } from "../promises.ts";
import { Outcome } from "../waits/outcome.ts";
import { Log } from "./log.ts";
import { isIterable, isPromiseLike, isStream, openSource } from "./source.ts";
import type { Source } from "./source.ts";

/**
 * What comes out of a promise or lazy thenable, or of reading an async iterable to its end; any other value is itself.
 */
export type Collected<Value> =
  Value extends PromiseLike<infer Result> ? Awaited<Result> : Value extends AsyncIterable<infer Item> ? Item[] : Value;

/** The result of a job: of the job itself, or of what it returns if it is a function. */
export type JobResult<Job> = Job extends () => infer Made ? Collected<Made> : Collected<Job>;

/**
 * Work that runs, whether or not anybody looks. To await it gives all results; to iterate over it gives them as they
 * come, from the first one, as often as one likes. If it fails, both reject with the first error.
 */
export interface Driven<Item, All = Item[]> extends AsyncIterable<Item>, PromiseLike<All> {}

/** Options of `drive`. */
export interface DriveOptions {
  /** Name in reports. Default: `drive-1`, `drive-2`, … */
  readonly name?: string | undefined;
}

/**
 * Makes lazy work run from this line on, so that what follows may wait for it.
 *
 * - An **async iterable** is read to its end now. What it gives is kept in memory, all of it: use `channel` or `fanOut`
 *   for streams without an end. To await it gives an array of its items.
 * - **Jobs**, any iterable of them, are all started now: promises and lazy thenables (such as those of query builders)
 *   are subscribed to, functions are called, async iterables are read to their end into an array. To iterate over them
 *   gives the results in order of completion; to await them, in the order of the jobs.
 * - **One job**, a promise, a lazy thenable or a function, gives a promise.
 *
 * A failure stays quiet until somebody awaits or iterates, and then rejects: it is never reported as unhandled. The
 * other jobs go on; to have them aborted, start them in a `scope`.
 *
 * @example
 * ```ts
 * import { channel, drive } from "tailrace";
 *
 * const hosts = [channel<string>({ name: "a" }), channel<string>({ name: "b" })];
 * async function* upload(chunks: AsyncIterable<string>) {
 *   for await (const chunk of chunks) yield chunk.length;
 * }
 * const uploads = drive(hosts.map((host) => upload(host)));   // these run from here on …
 * for (const chunk of ["one", "two"]) await Promise.all(hosts.map((host) => host.send(chunk))); // … so this ends
 * for (const host of hosts) host.close();
 * for await (const sizes of uploads) console.log(sizes);      // in order of completion; or: await uploads
 * ```
 * @throws {ArgumentError} if it is given nothing that can be driven
 */
export function drive<T>(job: PromiseLike<T> | (() => PromiseLike<T>), options?: DriveOptions): Promise<T>;
export function drive<T>(items: AsyncIterable<T>, options?: DriveOptions): Driven<T>;
export function drive<const Jobs extends readonly unknown[]>(
  jobs: Jobs,
  options?: DriveOptions,
): Driven<JobResult<Jobs[number]>, { -readonly [Index in keyof Jobs]: JobResult<Jobs[Index]> }>;
export function drive<Job>(jobs: Iterable<Job>, options?: DriveOptions): Driven<JobResult<Job>>;
export function drive(work: unknown, options?: DriveOptions): Driven<unknown> | Promise<unknown> {
  const given = optionsOf("options", options);
  const name = nameOf("drive", given.name);
  if (typeof work === "function" || isPromiseLike(work)) {
    return quiet(run(work));
  }
  if (isStream(work)) return driveStream(name, work);
  if (isIterable(work)) return driveJobs(name, work);
  throw wrongType("work", work, "an async iterable, an iterable of jobs, a promise or a function");
}

function driveStream<T>(name: string, items: Source<T>): Driven<T> {
  const log = new Log<T>("drive", name, (read) => `${read.toString()} items so far`);
  const append = (item: T): void => {
    log.append(item);
  };
  read(items, append).then(
    () => {
      log.end();
    },
    (error: unknown) => {
      log.fail(error);
    },
  );
  return new DrivenLog(log, log.done);
}

function driveJobs(name: string, jobs: Iterable<unknown>): Driven<unknown, unknown[]> {
  const results: unknown[] = [];
  let open = 1; // one for the loop below, or the first quick job would end the log
  const log = new Log<unknown>("drive", name, (done) => `${done.toString()} of ${results.length.toString()} jobs done`);
  const fail = (error: unknown): void => {
    log.fail(error);
  };
  const finished = (): void => {
    if (--open === 0) log.end();
  };
  try {
    for (const job of jobs) {
      const index = results.push(undefined) - 1;
      open++;
      run(job).then((result) => {
        results[index] = result;
        log.append(result);
        finished();
      }, fail);
    }
    finished();
  } catch (error) {
    fail(error); // the iterable itself failed; what it gave before runs on
  }
  return new DrivenLog(
    log,
    log.done.then(() => results),
  );
}

class DrivenLog<Item, All> implements Driven<Item, All> {
  readonly #log: Log<Item>;
  readonly #outcome: Outcome<All>;

  constructor(log: Log<Item>, all: Promise<All>) {
    this.#log = log;
    this.#outcome = new Outcome(log, all);
  }

  then<A = All, B = never>(
    onFulfilled?: ((value: All) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#outcome.then(onFulfilled, onRejected);
  }

  [Symbol.asyncIterator](): AsyncIterator<Item> {
    return this.#log[Symbol.asyncIterator]();
  }
}

/** Runs one job to its result. What can be started is started before this returns. */
function run(job: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const work: unknown = typeof job === "function" ? (job as () => unknown)() : job;
    if (isPromiseLike(work)) work.then(resolve, reject);
    else if (isStream(work)) collect(work).then(resolve, reject);
    else resolve(work);
  });
}

async function collect<T>(items: Source<T>): Promise<T[]> {
  const all: T[] = [];
  await read(items, (item) => all.push(item));
  return all;
}

async function read<T>(items: Source<T>, each: (item: T) => void): Promise<void> {
  const inflow = openSource("work", items);
  for (;;) {
    const step = await inflow.pull();
    if (step.done === true) return;
    each(step.value);
    const turn = pause();
    if (turn !== undefined) await turn;
  }
}
