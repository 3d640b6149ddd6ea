import { defineConfig } from "eslint/config";
import tailrace from "eslint-plugin-tailrace";
import tseslint from "typescript-eslint";

export default defineConfig(
  // The corpus is written in every style there is, and half of it starves: its own tests lint it.
  { ignores: ["**/dist/", "**/node_modules/", "test/corpus/*/"] },
  {
    files: ["**/*.ts"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      tailrace.configs.strictTypeChecked,
    ],
    languageOptions: { parserOptions: { projectService: true } },
    // What is declared by `using` is used when it goes out of scope.
    rules: { "@typescript-eslint/no-unused-vars": ["error", { ignoreUsingDeclarations: true }] },
  },
  { files: ["**/*.js"], extends: [tailrace.configs.strict] },
  {
    // They starve on purpose; their tests hold the rule to the line.
    files: ["test/e2e/fixtures/other-file.ts", "test/scenarios/replicate-shards/naive.ts"],
    rules: { "tailrace/consume-before-produce": "off" },
  },
  {
    // What is only counted has no name.
    files: ["packages/*/test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_$", ignoreUsingDeclarations: true }],
    },
  },
  {
    // Examples are written for people: a number in a text, a loop that only counts, a short generator.
    files: ["test/guide/**"],
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_$", ignoreUsingDeclarations: true }],
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    // The nodes of ts-morph have no public constructors, so that nothing of theirs would be right.
    files: ["docs/**"],
    rules: { "@typescript-eslint/no-unsafe-class-instance-assignment": "off" },
  },
);
