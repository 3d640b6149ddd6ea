import { existsSync, globSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import tailrace from "eslint-plugin-tailrace";
import { root } from "./root.ts";

/** What somebody has to write in place of it, in a page that was begun here. */
const TO_WRITE = /^<!-- write: .*? -->/gms;

/** The rules that have no page yet. */
export function rulesWithoutPage(): string[] {
  return Object.keys(tailrace.rules).filter((rule) => !existsSync(pageOf(rule)));
}

/** Whether there are cases to show. */
export function hasCorpus(rule: string): boolean {
  return existsSync(join(root, `test/corpus/${rule}`));
}

/** Begins the page of a rule: its regions, empty, with three cases of its corpus, and what is to be written by hand. */
export async function beginPage(rule: string): Promise<void> {
  const cases = globSync(`test/corpus/${rule}/*/bad.*`, { cwd: root })
    .map((file) => basename(join(file, "..")))
    .sort();
  const parts = [
    `# ${rule}`,
    "<!-- end auto-generated rule header -->",
    region(`rule ${rule}`),
    "<!-- write: in two or three sentences, what waits for what, why that cannot come, and when it shows -->",
    "<!-- write: what the rule knows and follows, and what its message names -->",
    "## Reported",
    region(["cases", rule, ...cases.slice(0, 3)].join(" ")),
    "## Not reported",
    "Each of these looks like it and is right. All are run by the tests too.",
    region(`tricky ${rule}`),
    region(`options ${rule}`),
    "## Limits",
    "<!-- write: a list of what it does not see, and what it trusts -->",
  ];
  await writeFile(pageOf(rule), `${parts.join("\n\n")}\n`);
}

/** What is still to be written in a page. */
export function unwritten(markdown: string): string[] {
  return Array.from(markdown.matchAll(TO_WRITE), ([what]) => what);
}

function pageOf(rule: string): string {
  return join(root, `docs/rules/${rule}.md`);
}

function region(words: string): string {
  return `<!-- begin ${words} -->\n<!-- end -->`;
}
