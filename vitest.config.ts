import { defineConfig } from "vitest/config";
import { inChromium } from "./test/runtimes/browser.ts";
import { poolOf } from "./test/runtimes/pool.ts";
import { runtimes } from "./test/runtimes/runtimes.ts";

const CORE = "packages/tailrace/test/**/*.test.ts";

export default defineConfig(({ mode }) => ({
  resolve: { conditions: ["tailrace-source"] },
  ssr: { resolve: { conditions: ["tailrace-source"] } },
  test: {
    testTimeout: 30_000,
    // All processors: many tests wait for processes of their own.
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "workspace", include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"] } },
      // What the runtime promises, it promises elsewhere, too.
      ...runtimes(mode === "matrix").map((runtime) => ({
        extends: true as const,
        test: { name: runtime.name, include: [CORE], exclude: ["**/examples.test.ts"], pool: poolOf(runtime) },
      })),
      ...inChromium(CORE),
    ],
  },
}));
