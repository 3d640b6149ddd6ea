import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CheckStatus } from "@stryker-mutator/api/check";
import type { CheckResult, Checker } from "@stryker-mutator/api/check";
import type { Mutant } from "@stryker-mutator/api/core";
import { PluginKind, declareFactoryPlugin } from "@stryker-mutator/api/plugin";
import ts from "typescript";

/**
 * Finds the mutants that do not compile, which no test has to find. All mutants of a file are checked in one program,
 * as copies of it side by side: what others see of a file is annotated, so that a mutant has its errors in itself.
 */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, "copies", copiesChecker)];

function copiesChecker(): Checker {
  return {
    init: () => Promise.resolve(),
    group: (mutants) => {
      const byFile = new Map<string, string[]>();
      for (const { fileName, id } of mutants) byFile.set(fileName, [...(byFile.get(fileName) ?? []), id]);
      return Promise.resolve([...byFile.values()]);
    },
    check: (mutants) => {
      const sample = mutants.filter(isInSample);
      const left: CheckResult = { status: CheckStatus.CompileError, reason: "not in the sample" };
      const results = Object.fromEntries(mutants.map(({ id }) => [id, left]));
      return Promise.resolve({ ...results, ...(sample.length > 0 ? check(sample) : {}) });
    },
  };
}

/** Whether a mutant is to be tried at all: with `SAMPLE=20`, every twentieth is. */
function isInSample({ id }: Mutant): boolean {
  return Number(id) % Number(process.env["SAMPLE"] ?? "1") === 0;
}

const sources = new Map<string, ts.SourceFile | undefined>();

function check(mutants: readonly Mutant[]): Record<string, CheckResult> {
  const config = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)).config as unknown;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  // A mutant may leave a name unused.
  const lenient = { ...options, noUnusedLocals: false, noUnusedParameters: false, allowUnreachableCode: true };
  const texts = new Map(mutants.map((mutant) => [copyOf(mutant), mutated(mutant)]));
  const host = ts.createCompilerHost(lenient);
  const program = ts.createProgram([...texts.keys()], lenient, {
    ...host,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
    getSourceFile: (name, version) => {
      const text = texts.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, version);
      if (!sources.has(name)) sources.set(name, host.getSourceFile(name, version));
      return sources.get(name);
    },
  });
  return Object.fromEntries(
    mutants.map((mutant) => {
      const file = program.getSourceFile(copyOf(mutant));
      const [error] = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      const result: CheckResult = error
        ? { status: CheckStatus.CompileError, reason: ts.flattenDiagnosticMessageText(error.messageText, "\n") }
        : { status: CheckStatus.Passed };
      return [mutant.id, result];
    }),
  );
}

function copyOf({ fileName, id }: Mutant): string {
  return join(dirname(fileName), `mutant-${id}.ts`);
}

function mutated({ fileName, location: { start, end }, replacement }: Mutant): string {
  const text = readFileSync(fileName, "utf8");
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest);
  const at = ({ line, column }: typeof start): number => file.getPositionOfLineAndCharacter(line, column);
  return text.slice(0, at(start)) + replacement + text.slice(at(end));
}
