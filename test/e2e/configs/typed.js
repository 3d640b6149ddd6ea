import { defineConfig } from "eslint/config";
import tailrace from "eslint-plugin-tailrace";
import tseslint from "typescript-eslint";

export default defineConfig({
  files: ["**/*.ts"],
  extends: [tseslint.configs.base, tailrace.configs.recommendedTypeChecked],
  languageOptions: { parserOptions: { projectService: true } },
});
