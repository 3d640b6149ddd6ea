import { globSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { ESLint } from "eslint";
import type { Linter } from "eslint";
import tailrace from "eslint-plugin-tailrace";
import tseslint from "typescript-eslint";
import type { Link } from "./regions.ts";
import { root } from "./root.ts";

/** `code FILE[#PART]`: a file, or what stands in it from `// #region PART` to `// #endregion`. */
export function showCode([place = ""]: readonly string[]): string {
  const [file = "", part] = place.split("#");
  const { code } = read(file);
  if (part === undefined) return fence(file, code.replaceAll(/^ *\/\/ #(?:end)?region.*\n/gm, ""));
  const region = new RegExp(`^ *// #region ${part}\n(.*?)^ *// #endregion$`, "ms").exec(code)?.[1];
  if (region === undefined) throw new Error(`${file} has no region ${part}`);
  return fence(file, region);
}

/** `cases RULE NAME…`: cases of the corpus, each under a heading made of its name. */
export async function showCases([rule = "", ...names]: readonly string[], link: Link): Promise<string> {
  const parts: string[] = [];
  for (const name of names) {
    const words = name.replaceAll("-", " ");
    parts.push(`### ${words.charAt(0).toUpperCase()}${words.slice(1)}`, await showCase([`${rule}/${name}`], link));
  }
  const folder = `test/corpus/${rule}`;
  return [...parts, `All pairs are in [${folder}](${link(folder)}).`].join("\n\n");
}

/** `case RULE/NAME`: a case of the corpus: what starves, what its rule says to it, and what does not starve. */
export async function showCase([name = ""]: readonly string[], link: Link): Promise<string> {
  const [rule = ""] = name.split("/");
  const folder = `test/corpus/${name}`;
  const bad = only(`${folder}/bad.*`);
  const good = only(`${folder}/good.*`);
  return [
    read(bad).about,
    showCode([bad]),
    quoteMessages(await lint(bad, tailrace.configs.strict, rule)),
    `Repaired. ${read(good).about}`,
    showCode([good]),
    `Both run in the tests: [${folder}](${link(folder)})`,
  ].join("\n\n");
}

/** `message FILE`: what the plugin says to a file. */
export async function showMessage([file = ""]: readonly string[]): Promise<string> {
  return quoteMessages(await lint(file));
}

function quoteMessages(messages: readonly Linter.LintMessage[]): string {
  return messages.map(({ line, message }) => `> Line ${line.toString()}: ${message}`).join("\n>\n");
}

/** `suggestion FILE`: the lines that the first suggestion of the plugin changes. */
export async function showSuggestion([file = ""]: readonly string[]): Promise<string> {
  const fix = (await lint(file))[0]?.suggestions?.[0]?.fix;
  if (fix === undefined) throw new Error(`nothing is suggested for ${file}`);
  const { code } = read(file);
  const repaired = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
  return ["```diff", ...missing(code, repaired, "-"), ...missing(repaired, code, "+"), "```"].join("\n");
}

/** `tricky RULE`: the right programs of the corpus that look wrong, with what is right about each. */
export function showTricky([rule = ""]: readonly string[], link: Link): string {
  const files = globSync(`test/corpus/${rule}/tricky/*.{ts,mjs,cjs}`, { cwd: root }).sort();
  return files.map((file) => `- [${basename(file, extname(file))}](${link(file)}): ${read(file).about}`).join("\n");
}

/** The messages of a preset, or of one rule in it, to the code as it is shown, read without types. */
async function lint(
  file: string,
  preset: Linter.Config = tailrace.configs.recommended,
  rule?: string,
): Promise<Linter.LintMessage[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      ...preset,
      files: ["**/*.{ts,mjs,cjs}"],
      languageOptions: { parser: tseslint.parser },
    },
  });
  const [result] = await eslint.lintText(read(file).code, { filePath: join(root, file) });
  const all = result?.messages ?? [];
  const messages = all.filter(({ ruleId }) => rule === undefined || ruleId === `tailrace/${rule}`);
  if (messages.length === 0) throw new Error(`without types, ${rule ?? "the plugin"} says nothing to ${file}`);
  return messages;
}

interface Read {
  /** The sentences of the comment at the top. */
  readonly about: string;
  /** All that follows it. */
  readonly code: string;
}

function read(file: string): Read {
  const text = readFileSync(join(root, file), "utf8");
  const header = /^(?:\/\/ .*\n)*/.exec(text)?.[0] ?? "";
  const lines = header.split("\n").map((line) => line.slice("// ".length));
  return {
    about: lines
      .filter((line) => !/^(?:Ends:|Fails:|Needs types:|Not strict:|cf\.) /.test(line))
      .join(" ")
      .trim(),
    code: text.slice(header.length),
  };
}

function only(pattern: string): string {
  const [file] = globSync(pattern, { cwd: root });
  if (file === undefined) throw new Error(`there is no ${pattern}`);
  return file;
}

function fence(file: string, code: string): string {
  return ["```" + extname(file).slice(1), code.trim(), "```"].join("\n");
}

/** The lines of one text that the other has not. */
function missing(text: string, other: string, sign: string): string[] {
  const others = new Set(other.split("\n"));
  return text
    .split("\n")
    .filter((line) => !others.has(line))
    .map((line) => `${sign} ${line.trim()}`);
}
