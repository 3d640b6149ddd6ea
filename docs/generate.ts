// pnpm run docs: fills the marked regions of the Markdown files, from code that runs and comments that compile. Begins
// the page of a rule that has none.
// pnpm run docs:check: writes nothing; fails if a file is out of date, shows other code or has a dead link.
import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { describeApi } from "./generate/api.ts";
import { showCase, showCases, showCode, showMessage, showSuggestion, showTricky } from "./generate/code.ts";
import { deadLinks } from "./generate/links.ts";
import { listPackages } from "./generate/packages.ts";
import { beginPage, hasCorpus, rulesWithoutPage, unwritten } from "./generate/page.ts";
import { showRecording } from "./generate/recording.ts";
import { fill, looseCode } from "./generate/regions.ts";
import type { Writers } from "./generate/regions.ts";
import { root } from "./generate/root.ts";
import { describeOptions, describeRule, listPresets, listRules } from "./generate/rules.ts";

const writers: Writers = {
  api: describeApi,
  case: showCase,
  cases: showCases,
  code: showCode,
  recording: showRecording,
  message: showMessage,
  options: describeOptions,
  packages: listPackages,
  presets: listPresets,
  rule: describeRule,
  rules: listRules,
  suggestion: showSuggestion,
  tricky: showTricky,
};

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const faults: string[] = [];
for (const rule of rulesWithoutPage()) {
  if (values.check || !hasCorpus(rule)) {
    faults.push(`the rule ${rule} has no page: \`npm run docs\` begins it, once it has a corpus`);
  } else await beginPage(rule);
}
const files = globSync(["*.md", "docs/**/*.md", "packages/*/*.md"], { cwd: root, exclude: ["**/CHANGELOG.md"] }).sort();
for (const file of files) {
  const path = join(root, file);
  const before = await readFile(path, "utf8");
  try {
    const after = await fill(before, writers, (target) => relative(dirname(path), join(root, target)));
    if (after !== before) {
      if (values.check) faults.push(`${file} is out of date: run \`npm run docs\``);
      else await writeFile(path, after);
    }
    for (const line of looseCode(after)) {
      faults.push(`${file}:${line.toString()} shows code that is in no file: take it from one that is run`);
    }
    for (const what of unwritten(after)) faults.push(`${file} is not complete: ${what}`);
    for (const link of deadLinks(after, path)) faults.push(`${file} links to ${link}, which is not there`);
  } catch (error) {
    faults.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
for (const fault of faults) console.error(fault);
if (faults.length === 0) console.log(`${files.length.toString()} files are up to date.`);
process.exitCode = faults.length === 0 ? 0 : 1;
