import type { TSESTree } from "@typescript-eslint/utils";

/** A wait for an event that may be over before anybody listens for it. */
export interface MissedEvent {
  /** The expression that begins to listen: `once(…)`, `new Promise(…)`, or the loop over lines. */
  readonly wait: TSESTree.Node;
  /** What it listens to; the call itself where a library's waiter says that. */
  readonly target: TSESTree.Node;
  readonly event: string;
  /**
   * - `started`: it may happen from `cause` on, and the code awaits at `pause` before it listens;
   * - `together`: it may come together with what `cause` waits for;
   * - `happened`: `cause` has made or seen it happen;
   * - `acted`: `cause` acts on a page and has been awaited;
   * - `added`: `cause` has added a job, which may be done by now;
   * - `emitted`: `cause` has emitted the only value of a subject;
   * - `aborted`: a signal from elsewhere may be aborted already, and nothing here looks.
   */
  readonly how: "aborted" | "acted" | "added" | "emitted" | "happened" | "started" | "together";
  readonly cause: TSESTree.Node;
  readonly pause: TSESTree.Node | undefined;
}

/** A place that begins to listen, and what for. */
export interface Subscription {
  readonly node: TSESTree.Node;
  readonly target: TSESTree.Node;
  /** The target by what it denotes. */
  readonly key: string;
  readonly event: string;
}

/** From where on the event may happen. */
export interface Trigger {
  /** The node after whose evaluation it may. */
  readonly at: TSESTree.Node;
  readonly how: "happened" | "started" | "together";
  /** What to name as the cause, if that is not the node itself. */
  readonly cause: TSESTree.Node;
  /** After how many milliseconds it comes, where that is written there. */
  readonly delay?: number | undefined;
}
