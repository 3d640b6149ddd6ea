import type { Subject } from "./bench.ts";

/** What the measuring process is told, as its second argument. */
export interface Order {
  readonly rounds: number;
  /** Only a few operations per round: shows that everything runs, measures nothing. */
  readonly quick: boolean;
  /** Names of the subjects to measure. */
  readonly subjects: readonly string[];
}

/** What it says about its subjects before it starts. */
export interface Contents {
  readonly kind: "contents";
  readonly job: string;
  readonly operation: string;
  /** Undefined for nanoseconds per operation. */
  readonly unit?: string;
  readonly subjects: readonly (Pick<Subject, "package" | "calls" | "note"> & { readonly name: string })[];
}

/**
 * Sent before each run, so that the parent knows whom to blame if nothing else ever comes. Round 0 is the warm-up; quick
 * runs have none.
 */
export interface Started {
  readonly kind: "started";
  readonly subject: string;
  readonly round: number;
}

export interface Measured {
  readonly kind: "measured";
  readonly subject: string;
  readonly round: number;
  readonly figure: number;
  readonly remark?: string;
}

export interface Failed {
  readonly kind: "failed";
  readonly subject: string;
  readonly reason: string;
}

export type Report = Contents | Started | Measured | Failed;
