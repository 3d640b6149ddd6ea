import { records } from "./registry.ts";
import type { WaitRecord } from "./registry.ts";

/** One blocked operation. */
export interface Wait {
  /** What is blocked: `send`, `receive`, `leave`, … */
  readonly operation: string;
  /** What it is blocked on. */
  readonly resource: {
    /** `channel`, `scope`, `task`, `sink`, … */
    readonly kind: string;
    readonly name: string;
    /** State of the resource now, such as `capacity 16, full`. */
    readonly state?: string;
  };
  /** Name of the task that waits, where it is known. */
  readonly task?: string;
  /** When the wait began, on the clock of `performance.now()`, in milliseconds. */
  readonly since: number;
  /** What has to happen for the wait to end, such as `a receiver`. */
  readonly awaits: string;
  /** What is known about why it has not happened, such as `nobody is receiving`. */
  readonly remark?: string;
}

/** All waits of this thread at one moment. */
export interface Snapshot {
  /** When it was taken, on the clock of `performance.now()`, in milliseconds. */
  readonly at: number;
  /** Every blocked operation, the longest wait first. */
  readonly waits: readonly Wait[];
}

/**
 * Everything that waits in Tailrace's primitives at this moment, as data: who waits, on what, for what, since when.
 *
 * @example
 * ```ts
 * import { channel, inspect } from "tailrace";
 *
 * const jobs = channel<string>({ name: "jobs" });
 * void jobs.send("first");
 * console.log(inspect().waits[0]?.resource.name); // jobs
 * ```
 */
export function inspect(): Snapshot {
  return { at: performance.now(), waits: records().map(describe) };
}

function describe(record: WaitRecord): Wait {
  const { kind, name } = record.resource;
  const { state, ...rest } = record.resource.describe(record);
  return {
    operation: record.operation,
    resource: state === undefined ? { kind, name } : { kind, name, state },
    ...(record.task === undefined ? undefined : { task: record.task }),
    since: record.since,
    ...rest,
  };
}
