import { globSync, readFileSync } from "node:fs";

// All mutants take days: SAMPLE=20 tries those of every twentieth window of lines.
const WINDOW = 60;
const sources = "packages/{analysis,eslint-plugin}/src/**/*.ts";

/** Windows of lines, evenly spread over all files. */
function windows(every) {
  const all = globSync(sources)
    .toSorted()
    .flatMap((file) => {
      const count = Math.ceil(readFileSync(file, "utf8").split("\n").length / WINDOW);
      return Array.from({ length: count }, (_, index) => `${file}:${index * WINDOW + 1}-${(index + 1) * WINDOW}`);
    });
  return all.filter((_, index) => index % every === every >> 1);
}

const { SAMPLE } = process.env;

export default {
  packageManager: "pnpm",
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  mutate: SAMPLE ? windows(Number(SAMPLE)) : [sources],
  ignoreStatic: true,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: "reports/mutation/incremental.json",
  reporters: ["clear-text", "html", "json", "progress"],
};
