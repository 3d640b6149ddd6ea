import type { Rule } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import tseslint from "typescript-eslint";
import type { Rules } from "./time-rules.ts";

/** All rules of ours, as the strictest preset has them. */
export const ours: Rules = Object.fromEntries(
  Object.entries(tailrace.configs.strictTypeChecked.rules ?? {}).map(([id, setting]) => {
    const name = id.replace("tailrace/", "");
    const rule = tailrace.rules[name];
    if (rule === undefined) throw new Error(`no rule ${name}`);
    return [name, { rule, options: Array.isArray(setting) ? setting.slice(1) : [] }];
  }),
);

const { rules: theirs = {} } = tseslint.plugin as { readonly rules?: Readonly<Record<string, Rule.RuleModule>> };

/** What ours are compared with: a rule that many projects pay for. */
export const noFloatingPromises: Rules = named("no-floating-promises");

function named(name: string): Rules {
  const rule = theirs[name];
  if (rule === undefined) throw new Error(`typescript-eslint has no rule ${name}`);
  return { [name]: { rule, options: [] } };
}
