import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";

// All mutants, tried with all tests, take a day; SAMPLE=120 tries every 120th of them, in an hour. FOLDER=bodies tries
// those of packages/analysis/src/bodies, in a minute or two with the tests of the folder, and with those and the cases of
// the rules that it is for; in longer with all tests where it is for all rules.
const { FOLDER } = process.env;
const analysis = "packages/analysis";
const plugin = "packages/eslint-plugin";

let tests = [`${analysis}/test/**/*.test.ts`, `${plugin}/test/**/*.test.ts`];

if (FOLDER !== undefined) {
  if (!existsSync(`${analysis}/src/${FOLDER}`)) throw new Error(`There is no folder ${analysis}/src/${FOLDER}.`);
  const rules = rulesOf(FOLDER);
  if (rules.length > 0) {
    tests = [`${analysis}/test/${FOLDER}/**/*.test.ts`, ...rules.map((rule) => `${plugin}/test/${rule}{.test.ts,/*.test.ts}`)];
    process.env.MUTATION_RULES = rules.join("|");
  }
}

// These run all code on thousands of files, for each mutant, and look at the sources into which the mutants are written.
const exclude = [`${analysis}/test/flow/reachability.test.ts`, `${plugin}/test/{plugin,robust}.test.ts`];
process.env.MUTATION_TESTS = [...globSync(tests, { exclude }), "test/corpus/lint.test.ts"].join(",");

/** The rules that ask a folder to find something, themselves or through a module of the plugin. */
function rulesOf(folder) {
  const index = readFileSync(`${analysis}/src/index.ts`, "utf8");
  const finders = [...index.matchAll(new RegExp(`^export \\{([^}]*)\\} from "\\./${folder}/`, "gmu"))]
    .flatMap(([, names]) => names.split(","))
    .filter((name) => name.trim().startsWith("find"));
  const asks = (file) => {
    const text = readFileSync(file, "utf8");
    const own = [...text.matchAll(/from "\.\.\/(\w[^"]*)"/gu)].map(([, name]) =>
      readFileSync(`${plugin}/src/${name}`, "utf8"),
    );
    return finders.some((name) => [text, ...own].some((one) => one.includes(name.trim())));
  };
  return globSync(`${plugin}/src/rules/*.ts`)
    .filter(asks)
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
  dryRunTimeoutMinutes: 30,
  reporters: ["clear-text", "html", "progress"],
};
