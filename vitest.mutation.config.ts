import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Which tests to run, and the cases of which rules, where the configuration of Stryker knows it.
const { MUTATION_TESTS, MUTATION_RULES = "" } = process.env;

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** For mutants: they live in a copy of the tree whose `node_modules` leads back to the original, and spawn nothing. */
export default defineConfig({
  resolve: {
    alias: {
      "@tailrace/analysis": source("packages/analysis/src/index.ts"),
      "eslint-plugin-tailrace": source("packages/eslint-plugin/src/index.ts"),
    },
  },
  test: {
    include: MUTATION_TESTS?.split(",") ?? [
      "packages/{analysis,eslint-plugin}/test/**/*.test.ts",
      "test/corpus/lint.test.ts",
    ],
    // The corpus once: with types it takes five times as long, and a mutant that survives runs all of it.
    testNamePattern: new RegExp(`^(?!with(?:out)? types, )|^without types, .*(?:${MUTATION_RULES})/`, "u"),
    // These run all code on thousands of files, for each mutant, and look at the sources into which the mutants are written.
    exclude: [
      "packages/analysis/test/flow/reachability.test.ts",
      "packages/eslint-plugin/test/{plugin,robust}.test.ts",
    ],
    testTimeout: 60_000,
  },
});
