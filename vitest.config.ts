import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["tailrace-source"] },
  ssr: { resolve: { conditions: ["tailrace-source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 30_000,
    // All processors: many tests wait for processes of their own.
    maxWorkers: "100%",
  },
});
