import { join } from "node:path";
import { build, defineConfig } from "tsdown";
import type { Rolldown } from "tsdown";

const common = { platform: "neutral", deps: { neverBundle: /^node:/u }, target: "node20" } as const;

export default defineConfig({
  ...common,
  entry: {
    index: "src/index.ts",
    adapters: "src/adapters/index.ts",
    report: "src/report/index.ts",
    testing: "src/testing/index.ts",
    vitest: "src/vitest/index.ts",
    watch: "src/watch/index.ts",
  },
  dts: true,
  plugins: [inlineWatchdog()],
});

/** The code of the watchdog's thread becomes a part of the module that starts it: bundlers lose files that nobody imports. */
function inlineWatchdog(): Rolldown.Plugin {
  const reference = 'new URL("./watchdog.ts", import.meta.url)';
  return {
    name: "inline-watchdog",
    async transform(code, id) {
      if (!code.includes(reference)) return undefined;
      const entry = join(id, "../watchdog.ts");
      const bundles = await build({
        ...common,
        entry,
        dts: false,
        write: false,
        minify: true,
        config: false,
        logLevel: "silent",
      });
      const [chunk] = bundles.flatMap(({ chunks }) => chunks);
      if (chunk?.type !== "chunk") throw new Error("the watchdog has no code");
      const named = `${chunk.code}//# sourceURL=tailrace:watchdog`;
      const url = `data:text/javascript,${encodeURIComponent(named)}`;
      return code.replace(reference, `new URL(${JSON.stringify(url)})`);
    },
  };
}
