import { defineConfig } from "eslint/config";
import tailrace from "eslint-plugin-tailrace";
import tseslint from "typescript-eslint";

export default defineConfig(
  // The corpus is written in every style there is, and half of it starves: its own tests lint it.
  { ignores: ["**/dist/", "**/node_modules/", "test/corpus/*/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, tailrace.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  { files: ["**/*.js"], extends: [tailrace.configs.strict] },
  {
    // It starves on purpose; the scenario's tests hold the rule to its line.
    files: ["test/scenarios/replicate-shards/naive.ts"],
    rules: { "tailrace/consume-before-produce": "off" },
  },
);
