import type { ESLint, Linter } from "eslint";
import packageJson from "../package.json" with { type: "json" };
import { rules } from "./rules/index.ts";

type PresetName = "recommended" | "recommendedTypeChecked" | "strict" | "strictTypeChecked";

interface Plugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string };
  readonly rules: NonNullable<ESLint.Plugin["rules"]>;
  readonly configs: Record<PresetName, Linter.Config>;
}

const meta = { name: packageJson.name, version: packageJson.version };

// Rules of typescript-eslint's type are ESLint rules; only their parameter types are narrower.
const plugin: Plugin = { meta, rules: rules as unknown as Plugin["rules"], configs: {} as Plugin["configs"] };

function preset(name: PresetName, strict: boolean): Linter.Config {
  return {
    name: `tailrace/${name}`,
    plugins: { tailrace: plugin },
    rules: { "tailrace/consume-before-produce": strict ? ["error", { strict: true }] : "error" },
  };
}

Object.assign(plugin.configs, {
  recommended: preset("recommended", false),
  recommendedTypeChecked: preset("recommendedTypeChecked", false),
  strict: preset("strict", true),
  strictTypeChecked: preset("strictTypeChecked", true),
});

export default plugin;
