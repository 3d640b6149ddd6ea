import type { Step } from "./step.ts";

/** Why an instance was ended. */
export type Ending =
  "broken" | "unhealthy" | "used" | "idle" | "old" | "lost" | "discarded" | "leaked" | "failed" | "late" | "closed";

/** What happens in a pool. Times are in milliseconds. */
export type PoolEvent =
  /** A slot has got an instance. */
  | { readonly type: "spawned"; readonly slot: number; readonly duration: number }
  /** The instance of a slot was ended, because it was found to be … */
  | {
      readonly type: "terminated";
      readonly slot: number;
      readonly reason: Ending;
      readonly age: number;
      readonly uses: number;
    }
  /** Somebody has got a lease. */
  | { readonly type: "acquired"; readonly slot: number; readonly waited: number }
  /** It was given back. */
  | { readonly type: "released"; readonly slot: number; readonly held: number }
  /** Somebody has waited for a lease in vain. */
  | { readonly type: "timeout"; readonly waited: number }
  /** A step has failed, or has taken too long. `failures` of the slot are in a row. */
  | {
      readonly type: "failed";
      readonly slot: number;
      readonly step: Step;
      readonly error: unknown;
      readonly failures: number;
      /** When the slot tries again, on the clock of `performance.now()`, if it has to wait for that. */
      readonly retryAt?: number;
    }
  /** A lease was lost: nobody can give it back any more. The slot gets a new instance. */
  | {
      readonly type: "leaked";
      readonly slot: number;
      readonly held: number;
      /** Name of the task that had taken it, where it is known. */
      readonly task?: string;
      /** Where it was taken, if the watch keeps that. */
      readonly site?: string;
    }
  /** A lease was given back once more. Nothing has happened. */
  | { readonly type: "stale"; readonly slot: number };
