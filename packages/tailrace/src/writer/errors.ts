import { TailraceError } from "../errors.ts";

/**
 * A chunk that a lane does not take any more, because the lane, its sink or the scheduler was closed, or because the
 * stream that the sink writes to has ended or failed. `cause` is why, if that is an error.
 *
 * @example
 * ```ts
 * import { LaneClosedError, writeScheduler } from "tailrace";
 *
 * const lane = writeScheduler().sink(new WritableStream(), { name: "client" }).lane({ name: "news" });
 * await lane.close();
 * await lane.send("late").catch((error: unknown) => {
 *   if (error instanceof LaneClosedError) console.error(error.message);
 *   // send on lane "news" of sink "client": the lane is closed
 * });
 * ```
 */
export class LaneClosedError extends TailraceError {
  constructor(message: string, options?: ErrorOptions) {
    super("TAILRACE_LANE_CLOSED", message, options);
  }

  override get name(): string {
    return "LaneClosedError";
  }
}
