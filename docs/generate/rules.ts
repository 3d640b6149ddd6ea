import tailrace from "eslint-plugin-tailrace";
import type { Linter, Rule } from "eslint";
import { anchorOf } from "./links.ts";
import type { Link } from "./regions.ts";

/** What the plugin adds to the `docs` of a rule. */
interface RuleDocs {
  readonly description: string;
  readonly family: string;
  readonly recommended: string;
  readonly requiresTypeChecking?: boolean;
}

interface Named {
  readonly name: string;
  readonly meta: Rule.RuleMetaData;
  readonly docs: RuleDocs;
}

const families: Readonly<Record<string, string>> = {
  A: "consumer not started",
  B: "executor occupied",
  C: "wake-up missed",
  D: "scheduled twice, or never",
  E: "lease lost",
};

const all: readonly Named[] = Object.entries(tailrace.rules)
  .map(([name, { meta = {} }]) => ({ name, meta, docs: meta.docs as unknown as RuleDocs }))
  .sort((a, b) => a.docs.family.localeCompare(b.docs.family) || a.name.localeCompare(b.name));

/** `rules [FAMILY]`: a table of all rules, or of one family's. */
export function listRules([family]: readonly string[], link: Link): string {
  const rules = all.filter(({ docs }) => family === undefined || docs.family === family);
  if (rules.length === 0) return "No rule yet.";
  const rows = rules.map(({ name, meta, docs }) => {
    const page = `[\`${name}\`](${link(`docs/rules/${name}.md`)})`;
    const kind = familyOf(docs, link);
    return `| ${page} | ${docs.description} | ${kind} | ${docs.recommended} | ${meta.hasSuggestions ? "yes" : ""} |`;
  });
  const head = ["| rule | what it asks | family | preset | suggests |", "| --- | --- | --- | --- | --- |"];
  return [...head, ...rows].join("\n");
}

/** `rule NAME`: what stands at the top of a rule's page, below the header that eslint-doc-generator writes. */
export function describeRule([name]: readonly string[], link: Link): string {
  const { meta, docs } = named(name);
  const presets = presetsWith(name).map((preset) => `\`${preset}\``);
  const needs = docs.requiresTypeChecking ? "type information" : "no type information, and sees more with it";
  return [
    `- Family: ${familyOf(docs, link)}`,
    `- Presets: ${presets.join(", ")}`,
    `- It needs ${needs}.`,
    ...(meta.hasSuggestions ? ["- Where one edit is safe, it offers that edit as a suggestion."] : []),
  ].join("\n");
}

interface OptionSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly description: string;
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, OptionSchema>>;
}

/** `options NAME`: the section on a rule's options, from its schema; nothing if there are none. */
export function describeOptions([name]: readonly string[]): string {
  const { meta } = named(name);
  const [schema] = Array.isArray(meta.schema) ? (meta.schema as ObjectSchema[]) : [];
  if (schema === undefined) return "";
  const [defaults] = (meta.defaultOptions ?? []) as Record<string, unknown>[];
  const rows = Object.entries(schema.properties).map(([option, { type, enum: choices, description }]) => {
    const kind = choices?.map((choice) => `\`${JSON.stringify(choice)}\``).join(" or ") ?? type ?? "";
    return `| \`${option}\` | ${kind} | \`${JSON.stringify(defaults?.[option])}\` | ${description} |`;
  });
  return ["## Options", "", "| option | type | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** `presets`: a table of the rules, and how each of the plugin's configurations sets them. */
export function listPresets(): string {
  const presets = Object.entries(tailrace.configs).filter(([, { rules = {} }]) => Object.keys(rules).length > 0);
  const rows = all.map(({ name }) => {
    const settings = presets.map(([, { rules = {} }]) => describeSetting(rules[`tailrace/${name}`]));
    return `| ${[`\`${name}\``, ...settings].join(" | ")} |`;
  });
  const head = `| ${["rule", ...presets.map(([preset]) => `\`${preset}\``)].join(" | ")} |`;
  return [head, head.replaceAll(/[^|]+/g, " --- "), ...rows].join("\n");
}

function describeSetting(setting: Linter.RuleEntry | undefined): string {
  if (setting === undefined) return "";
  const [severity, ...options] = Array.isArray(setting) ? (setting as unknown[]) : [setting];
  return [String(severity), ...options.map((option) => `\`${JSON.stringify(option)}\``)].join(" ");
}

function familyOf({ family }: RuleDocs, link: Link): string {
  const name = families[family] ?? "";
  return `[${family}, ${name}](${link("docs/families.md")}#${anchorOf(`${family}: ${name}`)})`;
}

function presetsWith(name: string | undefined): string[] {
  return Object.entries(tailrace.configs)
    .filter(([, { rules = {} }]) => `tailrace/${name ?? ""}` in rules)
    .map(([preset]) => preset);
}

function named(name: string | undefined): Named {
  const rule = all.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`there is no rule ${name ?? ""}`);
  return rule;
}
