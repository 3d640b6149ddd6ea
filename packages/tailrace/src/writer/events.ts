import type { LimitName } from "./sink.ts";
import type { SinkState } from "./states.ts";

/** What happens in a write scheduler. */
export type WriterEvent =
  /** A run is over: so many turns were taken, and so many bytes written, in so many milliseconds. */
  | { readonly type: "run"; readonly services: number; readonly bytes: number; readonly duration: number }
  /** A sink has gone from one state to another. `waiting-to-write`: it takes no more for now, and has more to write. */
  | { readonly type: "state"; readonly sink: string; readonly from: SinkState; readonly to: SinkState }
  /** A sink was closed, or its stream has ended, or failed with an error. */
  | { readonly type: "closed"; readonly sink: string; readonly error?: unknown }
  /** Another policy is in force. */
  | { readonly type: "switched"; readonly policy: string }
  /** The kernel could not be asked about a sink: from now on its stream alone says how much is written. */
  | { readonly type: "limit"; readonly sink: string; readonly limit: LimitName; readonly error: unknown };
