import type { ESLint, Linter } from "eslint";
import packageJson from "../package.json" with { type: "json" };
import { configsOf } from "./configs.ts";
import type { PresetName } from "./configs.ts";
import { rules } from "./rules/index.ts";

export type { LibraryModel, Settings } from "@tailrace/analysis";

interface Plugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string };
  readonly rules: NonNullable<ESLint.Plugin["rules"]>;
  readonly configs: Record<PresetName, Linter.Config>;
}

const meta = { name: packageJson.name, version: packageJson.version };

// Rules of typescript-eslint's type are ESLint rules; only their parameter types are narrower.
const plugin: Plugin = { meta, rules: rules as unknown as Plugin["rules"], configs: {} as Plugin["configs"] };

Object.assign(plugin.configs, configsOf(plugin));

export default plugin;
