import tailrace from "eslint-plugin-tailrace";
import type { Rule } from "eslint";
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
  const rows = all
    .filter(({ docs }) => family === undefined || docs.family === family)
    .map(({ name, meta, docs }) => {
      const page = `[\`${name}\`](${link(`docs/rules/${name}.md`)})`;
      const kind = familyOf(docs, link);
      return `| ${page} | ${docs.description} | ${kind} | ${docs.recommended} | ${meta.hasSuggestions ? "yes" : ""} |`;
    });
  const head = ["| rule | what it asks | family | preset | suggests |", "| --- | --- | --- | --- | --- |"];
  return [...head, ...rows].join("\n");
}

/** `rule NAME`: what stands at the top of a rule's page. */
export function describeRule([name]: readonly string[], link: Link): string {
  const { meta, docs } = named(name);
  const presets = presetsWith(name).map((preset) => `\`${preset}\``);
  const needs = docs.requiresTypeChecking ? "type information" : "no type information, and sees more with it";
  return [
    `${docs.description}.`,
    "",
    `- Family: ${familyOf(docs, link)}`,
    `- Presets: ${presets.join(", ")}`,
    `- It needs ${needs}.`,
    ...(meta.hasSuggestions ? ["- Where one edit is safe, it offers that edit as a suggestion."] : []),
  ].join("\n");
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly type: string; readonly description: string }>>;
}

/** `options NAME`: a table of a rule's options, from its schema. */
export function describeOptions([name]: readonly string[]): string {
  const { meta } = named(name);
  const [schema] = Array.isArray(meta.schema) ? (meta.schema as ObjectSchema[]) : [];
  if (schema === undefined) return "The rule has no options.";
  const [defaults] = (meta.defaultOptions ?? []) as Record<string, unknown>[];
  const rows = Object.entries(schema.properties).map(
    ([option, { type, description }]) =>
      `| \`${option}\` | ${type} | \`${JSON.stringify(defaults?.[option])}\` | ${description} |`,
  );
  return ["| option | type | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** `presets`: a table of the plugin's configurations and the settings of each rule in them. */
export function listPresets(): string {
  const rows = Object.entries(tailrace.configs).map(([preset, { rules = {} }]) => {
    const settings = Object.entries(rules).map(([rule, setting]) => `\`${rule}: ${JSON.stringify(setting)}\``);
    return `| \`${preset}\` | ${settings.join(", ")} |`;
  });
  return ["| preset | rules |", "| --- | --- |", ...rows].join("\n");
}

function familyOf({ family }: RuleDocs, link: Link): string {
  return `[${family}, ${families[family] ?? ""}](${link("docs/families.md")})`;
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
