import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    report: "src/report/index.ts",
    testing: "src/testing/index.ts",
    vitest: "src/vitest/index.ts",
    watch: "src/watch/index.ts",
  },
  dts: true,
  platform: "neutral",
  deps: { neverBundle: /^node:/u },
  target: "node20",
});
