import type { FunctionNode } from "../source/syntax.ts";
import type { Owner } from "../uses/places.ts";

/** A question that leads to others: when this runs, and for that, when what calls it does. */
export interface Inquiry {
  /** The code from which time counts: what it does at once is `now`. Default: the file. */
  readonly base: Owner | undefined;
  /** The functions whose callers are being looked for. */
  readonly functions: readonly FunctionNode[];
  /** How many more questions it may lead to. */
  readonly budget: { left: number };
}

// Functions that are called from everywhere lead everywhere.
const MAX_QUESTIONS = 400;

export function openInquiry(base?: Owner): Inquiry {
  return { base, functions: [], budget: { left: MAX_QUESTIONS } };
}

/** Whether an inquiry must end without an answer; each time that it is asked counts. */
export function isSpent({ budget }: Inquiry): boolean {
  budget.left -= 1;
  return budget.left < 0;
}
