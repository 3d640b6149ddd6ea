import { ESLintUtils } from "@typescript-eslint/utils";
import type { JSONSchema } from "@typescript-eslint/utils";
import { applySettings } from "./settings.ts";

/** The five ways in which code starves; the same names group the runtime, the rules and the docs. */
export type Family = "A" | "B" | "C" | "D" | "E";

export interface RuleDocs {
  readonly family: Family;
  /** The preset that switches the rule on first. */
  readonly recommended?: "recommended" | "strict";
  readonly requiresTypeChecking?: boolean;
}

const create = ESLintUtils.RuleCreator<RuleDocs>(
  (name) => `https://github.com/tailrace/tailrace/blob/main/docs/rules/${name}.md`,
);

/** Makes a rule whose documentation is the page of its name, and which knows the libraries of the settings. */
export const createRule: typeof create = (rule) =>
  create({
    ...rule,
    create(context, options) {
      applySettings(context);
      return rule.create(context, options);
    },
  });

/** The options of a rule that reports more where it is asked to. */
export function strictOption(description: string): JSONSchema.JSONSchema4 {
  return {
    type: "object",
    properties: { strict: { type: "boolean", description } },
    additionalProperties: false,
  };
}
