import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";

// All mutants, tried with all tests, take days: FOLDER=bodies tries those of packages/analysis/src/bodies with the
// tests of the folder, and with those and the cases of the rules that ask it.
const { FOLDER } = process.env;
const analysis = "packages/analysis";
const plugin = "packages/eslint-plugin";

if (FOLDER !== undefined) {
  if (!existsSync(`${analysis}/src/${FOLDER}`)) throw new Error(`There is no folder ${analysis}/src/${FOLDER}.`);
  const rules = rulesOf(FOLDER);
  const tests = [`${analysis}/test/${FOLDER}/**/*.test.ts`, ...rules.map((rule) => `${plugin}/test/${rule}.test.ts`)];
  process.env.MUTATION_TESTS = [...tests, "test/corpus/lint.test.ts"].join(",");
  process.env.MUTATION_RULES = rules.join("|");
}

/** The rules that import something of a folder. */
function rulesOf(folder) {
  const exported = readFileSync(`${analysis}/src/index.ts`, "utf8")
    .matchAll(new RegExp(`^export \\{([^}]*)\\} from "\\./${folder}/`, "gmu"))
    .flatMap(([, names]) => names.split(",").map((name) => name.trim()))
    .toArray();
  return globSync(`${plugin}/src/rules/*.ts`)
    .filter((file) => exported.some((name) => readFileSync(file, "utf8").includes(name)))
    .map((file) => basename(file, ".ts"));
}

export default {
  packageManager: "pnpm",
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  mutate: [
    FOLDER === undefined ? "packages/{analysis,eslint-plugin}/src/**/*.ts" : `${analysis}/src/${FOLDER}/**/*.ts`,
  ],
  ignoreStatic: true,
  // It writes a line above each file; the reports of the corpus are on record with their lines.
  disableTypeChecks: false,
  timeoutMS: 20_000,
  reporters: ["clear-text", "html", "progress"],
};
