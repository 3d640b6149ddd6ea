import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ["tailrace-source"] },
  ssr: { resolve: { conditions: ["tailrace-source"] } },
  test: {
    include: ["*.case.ts"],
    setupFiles: [join(import.meta.dirname, "../../../src/vitest/index.ts")],
    testTimeout: 200,
    maxWorkers: 1,
  },
});
