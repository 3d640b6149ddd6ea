import type { ESLint, Linter } from "eslint";
import type { RuleDocs } from "./create-rule.ts";
import { rules } from "./rules/index.ts";

export type PresetName =
  "disableTypeChecked" | "recommended" | "recommendedTypeChecked" | "strict" | "strictTypeChecked";

type RuleName = keyof typeof rules;

const names = Object.keys(rules) as RuleName[];

/** The presets of a plugin: which rules, by what each says of itself, and in the strict form or the plain one. */
export function configsOf(plugin: ESLint.Plugin): Record<PresetName, Linter.Config> {
  const preset = (name: PresetName, chosen: Linter.RulesRecord): Linter.Config => ({
    name: `tailrace/${name}`,
    plugins: { tailrace: plugin },
    rules: chosen,
  });
  const untyped = names.filter((name) => !needsTypes(name));
  return {
    recommended: preset("recommended", plain(untyped)),
    recommendedTypeChecked: preset("recommendedTypeChecked", plain(names)),
    strict: preset("strict", strict(untyped)),
    strictTypeChecked: preset("strictTypeChecked", strict(names)),
    disableTypeChecked: preset(
      "disableTypeChecked",
      Object.fromEntries(names.filter(needsTypes).map((name) => [`tailrace/${name}`, "off"])),
    ),
  };
}

function plain(chosen: readonly RuleName[]): Linter.RulesRecord {
  const recommended = chosen.filter((name) => docsOf(name).recommended === "recommended");
  return Object.fromEntries(recommended.map((name) => [`tailrace/${name}`, "error"]));
}

function strict(chosen: readonly RuleName[]): Linter.RulesRecord {
  return Object.fromEntries(
    chosen.map((name) => [`tailrace/${name}`, hasStrictForm(name) ? ["error", { strict: true }] : "error"]),
  );
}

function hasStrictForm(name: RuleName): boolean {
  const [options] = rules[name].meta.defaultOptions ?? [];
  return typeof options === "object" && "strict" in options;
}

function needsTypes(name: RuleName): boolean {
  return docsOf(name).requiresTypeChecking === true;
}

function docsOf(name: RuleName): RuleDocs {
  return rules[name].meta.docs as unknown as RuleDocs;
}
