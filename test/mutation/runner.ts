import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import type { MutantCoverage } from "@stryker-mutator/api/core";
import { PluginKind, declareFactoryPlugin } from "@stryker-mutator/api/plugin";
import { DryRunStatus, MutantRunStatus, TestStatus } from "@stryker-mutator/api/test-runner";
import type {
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestResult,
  TestRunner,
} from "@stryker-mutator/api/test-runner";
import { casesOf } from "./suite.ts";
import type { Case } from "./suite.ts";

/**
 * Tries mutants in one process that loads the tests once: some hundred times faster than one that loads them for each
 * mutant. The rules keep nothing from one file that they see to the next, but what belongs to the file itself.
 */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, "in-process", inProcessRunner)];

/** What the code with the mutants asks which of them it is to be, and tells which of them it has come to. */
interface Context {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  readonly mutantCoverage?: MutantCoverage;
}

interface Test {
  /** As short as can be: it is named for each mutant that the test comes to. */
  readonly id: string;
  readonly name: string;
  readonly run: Case["run"];
}

function inProcessRunner(): TestRunner {
  const shared = globalThis as Record<string, unknown>;
  const context = (shared[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {}) as Context;
  let tests: Test[] = [];

  const outcome = async ({ id, name, run }: Test): Promise<TestResult> => {
    const start = performance.now();
    context.currentTestId = id;
    try {
      await run();
      return { id, name, status: TestStatus.Success, timeSpentMs: performance.now() - start };
    } catch (error) {
      const failureMessage = error instanceof Error ? error.message : String(error);
      return { id, name, status: TestStatus.Failed, failureMessage, timeSpentMs: performance.now() - start };
    }
  };

  return {
    capabilities: () => ({ reloadEnvironment: false }),
    async init(): Promise<void> {
      tests = await load();
    },
    async dryRun({ coverageAnalysis }): Promise<DryRunResult> {
      const results: TestResult[] = [];
      for (const test of tests) {
        results.push(await outcome(test));
      }
      context.currentTestId = undefined;
      const { mutantCoverage } = context;
      return {
        status: DryRunStatus.Complete,
        tests: results,
        ...(coverageAnalysis !== "off" && mutantCoverage ? { mutantCoverage } : {}),
      };
    },
    async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }: MutantRunOptions): Promise<MutantRunResult> {
      const wanted = testFilter && new Set(testFilter);
      context.activeMutant = activeMutant.id;
      context.hitCount = hitLimit === undefined ? undefined : 0;
      context.hitLimit = hitLimit;
      const killers: TestResult[] = [];
      let count = 0;
      for (const test of tests) {
        if (wanted && !wanted.has(test.id)) continue;
        count += 1;
        const result = await outcome(test);
        if (result.status === TestStatus.Failed) killers.push(result);
        if (killers.length > 0 && !disableBail) break;
      }
      context.activeMutant = undefined;
      const { hitCount = 0 } = context;
      if (hitLimit !== undefined && hitCount > hitLimit) {
        return { status: MutantRunStatus.Timeout, reason: `more than ${String(hitLimit)} times at the mutant` };
      }
      const [first] = killers;
      if (!first) return { status: MutantRunStatus.Survived, nrOfTests: count };
      const failureMessage = "failureMessage" in first ? first.failureMessage : "";
      return { status: MutantRunStatus.Killed, killedBy: killers.map(({ id }) => id), failureMessage, nrOfTests: count };
    },
  };
}

// The copy of the tree in which the mutants are has no `node_modules` of its own: these would lead out of it.
const SOURCES: Readonly<Record<string, string>> = {
  "@tailrace/analysis": "packages/analysis/src/index.ts",
  "eslint-plugin-tailrace": "packages/eslint-plugin/src/index.ts",
};

/** The tests to run: `MUTATION_TESTS` are their files, and `MUTATION_RULES` the rules whose programs of the corpus. */
async function load(): Promise<Test[]> {
  const suite = new URL("suite.ts", import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "vitest" && context.parentURL !== suite) return next(suite, context);
      const source = SOURCES[specifier];
      return next(source === undefined ? specifier : pathToFileURL(resolve(source)).href, context);
    },
  });
  const { MUTATION_TESTS = "", MUTATION_RULES = "" } = process.env;
  // The corpus once: with types it takes five times as long.
  const isWanted = new RegExp(`^(?!with(?:out)? types, )|^without types, .*(?:${MUTATION_RULES})/`, "u");
  const all: Test[] = [];
  for (const path of MUTATION_TESTS.split(",").map((one) => resolve(one))) {
    const cases = await casesOf(path, () => import(pathToFileURL(path).href));
    for (const { names, run } of cases.filter((one) => isWanted.test(one.names.join(" ")))) {
      all.push({ id: String(all.length), name: names.join(" > "), run });
    }
  }
  return all;
}
