// The states of a sink, as in Tor's scheduler (src/core/or/scheduler.c, whose cells are chunks here). A state says two
// things: whether the sink has something to write, and whether it can be written to.

/**
 * - `"idle"`: it can not be written to, and has nothing to write; or it is closed.
 * - `"waiting-for-chunks"`: it can be written to, and has nothing.
 * - `"waiting-to-write"`: it has something, and can not be written to.
 * - `"pending"`: it has something and can be written to: its turn comes.
 */
export type SinkState = "idle" | "waiting-for-chunks" | "waiting-to-write" | "pending";

/** What happens to a sink. `ran-dry` is found by a run: nothing is left to write. */
export type Trigger = "has-chunks" | "wants-writes" | "refuses-writes" | "ran-dry" | "released";

const NEXT: Readonly<Record<Trigger, Readonly<Partial<Record<SinkState, SinkState>>>>> = {
  "has-chunks": { idle: "waiting-to-write", "waiting-for-chunks": "pending" },
  "wants-writes": { idle: "waiting-for-chunks", "waiting-to-write": "pending" },
  "refuses-writes": { pending: "waiting-to-write", "waiting-for-chunks": "idle" },
  "ran-dry": { pending: "waiting-for-chunks" },
  released: { pending: "idle", "waiting-to-write": "idle", "waiting-for-chunks": "idle" },
};

/** The state after that; the same if it makes no difference. */
export function after(state: SinkState, trigger: Trigger): SinkState {
  return NEXT[trigger][state] ?? state;
}
