import { ESLintUtils } from "@typescript-eslint/utils";

/** The five ways in which code starves; the same names group the runtime, the rules and the docs. */
export type Family = "A" | "B" | "C" | "D" | "E";

export interface RuleDocs {
  readonly family: Family;
  /** The preset that switches the rule on first. */
  readonly recommended?: "recommended" | "strict";
  readonly requiresTypeChecking?: boolean;
}

/** Makes a rule whose documentation is the page of its name. */
export const createRule: ReturnType<typeof ESLintUtils.RuleCreator<RuleDocs>> = ESLintUtils.RuleCreator<RuleDocs>(
  (name) => `https://github.com/tailrace/tailrace/blob/main/docs/rules/${name}.md`,
);
