/** Cells of the memory that a thread shares with its watchdog. */
export const BEATS = 0;
/** Is 1 while the inspector is open, so that somebody may be debugging. */
export const INSPECTED = 1;

/** What the watchdog is told when it starts. Times are in milliseconds. */
export interface Watched {
  readonly heart: Int32Array;
  /** Between two beats. */
  readonly period: number;
  readonly blockedAfter: number;
  readonly abortAfter: number;
  /** What a person would call it. */
  readonly loop: string;
  /** Where the stack cannot be seen; undefined if it can be. */
  readonly blind: string | undefined;
}
