import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";

// All mutants, tried with all tests, take hours: FOLDER=bodies tries those of packages/analysis/src/bodies with the
// tests of the folder, and with those and the cases of the rules that ask it, in a minute or two.
const { FOLDER } = process.env;
const analysis = "packages/analysis";
const plugin = "packages/eslint-plugin";

let tests = [`${analysis}/test/**/*.test.ts`, `${plugin}/test/*.test.ts`];

if (FOLDER !== undefined) {
  if (!existsSync(`${analysis}/src/${FOLDER}`)) throw new Error(`There is no folder ${analysis}/src/${FOLDER}.`);
  const rules = rulesOf(FOLDER);
  tests = [`${analysis}/test/${FOLDER}/**/*.test.ts`, ...rules.map((rule) => `${plugin}/test/${rule}.test.ts`)];
  process.env.MUTATION_RULES = rules.join("|");
}

// These run all code on thousands of files, for each mutant, and look at the sources into which the mutants are written.
const exclude = [`${analysis}/test/flow/reachability.test.ts`, `${plugin}/test/{plugin,robust}.test.ts`];
process.env.MUTATION_TESTS = [...globSync(tests, { exclude }), "test/corpus/lint.test.ts"].join(",");

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
  plugins: ["./test/mutation/checker.ts", "./test/mutation/runner.ts"],
  checkers: ["copies"],
  testRunner: "in-process",
  mutate: [
    FOLDER === undefined ? "packages/{analysis,eslint-plugin}/src/**/*.ts" : `${analysis}/src/${FOLDER}/**/*.ts`,
  ],
  ignoreStatic: true,
  // It writes a line above each file; the reports of the corpus are on record with their lines.
  disableTypeChecks: false,
  timeoutMS: 20_000,
  reporters: ["clear-text", "html", "progress"],
};
