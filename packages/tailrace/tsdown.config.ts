import { basename, join } from "node:path";
import { build, defineConfig } from "tsdown";
import type { Rolldown } from "tsdown";

const common = { platform: "neutral", deps: { neverBundle: /^node:/u }, target: "node20" } as const;

export default defineConfig({
  ...common,
  entry: {
    index: "src/index.ts",
    adapters: "src/adapters/index.ts",
    node: "src/node/index.ts",
    processes: "src/processes/index.ts",
    report: "src/report/index.ts",
    testing: "src/testing/index.ts",
    threads: "src/threads/index.ts",
    vitest: "src/vitest/index.ts",
    watch: "src/watch/index.ts",
  },
  dts: true,
  plugins: [inlineThread("watch/watchdog.ts"), inlineThread("node/exported.ts")],
});

/** The code of a thread becomes a part of the module that starts it: bundlers lose files that nobody imports. */
function inlineThread(file: string): Rolldown.Plugin {
  const name = basename(file, ".ts");
  const reference = `new URL("./${name}.ts", import.meta.url)`;
  return {
    name: `inline-${name}`,
    async transform(code) {
      if (!code.includes(reference)) return undefined;
      const bundles = await build({
        ...common,
        entry: join(import.meta.dirname, "src", file),
        dts: false,
        write: false,
        minify: true,
        config: false,
        logLevel: "silent",
      });
      const [chunk] = bundles.flatMap(({ chunks }) => chunks);
      if (chunk?.type !== "chunk") throw new Error(`${file} has no code`);
      const named = `${chunk.code}//# sourceURL=tailrace:${name}`;
      const url = `data:text/javascript,${encodeURIComponent(named)}`;
      return code.replace(reference, `new URL(${JSON.stringify(url)})`);
    },
  };
}
