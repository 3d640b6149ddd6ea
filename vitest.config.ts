import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { inChromium } from "./test/runtimes/browser.ts";
import { poolOf } from "./test/runtimes/pool.ts";
import { runtimes } from "./test/runtimes/runtimes.ts";

// Tests start hundreds of programs from the sources: Node reads and compiles each file once, not once in each of them.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/node");

const CORE = "packages/tailrace/test/**/*.test.ts";

/** Their tests leave nothing behind, so that files can share a process, and what it has imported: the compiler above all. */
const RULES = "packages/{analysis,eslint-plugin}/test/**/*.test.ts";

/** What asks the compiler, and what takes long and is the same everywhere: for that there is the matrix. */
const COMPILED = "**/examples.test.ts";
const LONG = [
  "**/*-schedules.test.ts",
  "**/many-waiters.test.ts",
  "**/watch/random.test.ts",
  "**/pool/{conservation,defects,failures,faults,r2d2}.test.ts",
];

const elsewhere = (mode: string): string[] => (mode === "matrix" ? [COMPILED] : [COMPILED, ...LONG]);

export default defineConfig(({ mode }) => ({
  resolve: { conditions: ["tailrace-source"] },
  ssr: { resolve: { conditions: ["tailrace-source"] } },
  test: {
    testTimeout: 30_000,
    // All processors: many tests wait for processes of their own.
    maxWorkers: "100%",
    maxConcurrency: 10,
    projects: [
      { extends: true, test: { name: "workspace", include: [CORE, "test/**/*.test.ts"] } },
      { extends: true, test: { name: "rules", include: [RULES], isolate: false } },
      // What the runtime promises, it promises elsewhere, too.
      ...runtimes(mode === "matrix").map((runtime) => ({
        extends: true as const,
        test: { name: runtime.name, include: [CORE], exclude: elsewhere(mode), pool: poolOf(runtime) },
      })),
      ...inChromium(CORE, elsewhere(mode)),
    ],
  },
}));
