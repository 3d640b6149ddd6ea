import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", testing: "src/testing/index.ts" },
  dts: true,
  platform: "neutral",
  target: "node20",
});
