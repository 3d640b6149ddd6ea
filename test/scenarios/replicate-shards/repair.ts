import { rmSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "./linter.ts";

export interface Repaired extends Disposable {
  /** What the suggestion says that it does. */
  readonly title: string;
  /** URL of the repaired copy. */
  readonly url: string;
  /** The lines that changed, with `-` and `+`. */
  readonly diff: readonly string[];
}

/**
 * Applies a finding's first suggestion to a copy of its file, in a directory beside it so that packages resolve. The
 * copy goes when it is disposed of, or with the process.
 */
export async function repair(finding: Finding): Promise<Repaired> {
  const [suggestion] = finding.suggestions;
  if (suggestion === undefined) throw new Error(`${finding.rule} suggests nothing for ${finding.file}`);
  const before = await readFile(finding.file, "utf8");
  const [start, end] = suggestion.range;
  const after = before.slice(0, start) + suggestion.text + before.slice(end);

  const directory = await mkdtemp(join(dirname(finding.file), ".repaired-"));
  const remove = () => {
    rmSync(directory, { recursive: true, force: true });
  };
  process.once("exit", remove);
  const file = join(directory, basename(finding.file));
  await writeFile(file, after);
  return {
    title: suggestion.title,
    url: pathToFileURL(file).href,
    diff: [...missing(before, after, "-"), ...missing(after, before, "+")],
    [Symbol.dispose]() {
      process.off("exit", remove);
      remove();
    },
  };
}

/** The lines of one text that the other has not. */
function missing(text: string, other: string, sign: string): string[] {
  const others = new Set(other.split("\n"));
  return text
    .split("\n")
    .filter((line) => !others.has(line))
    .map((line) => `${sign} ${line.trim()}`);
}
