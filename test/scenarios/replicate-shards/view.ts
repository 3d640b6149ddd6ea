import { styleText } from "node:util";
import { Listr } from "listr2";
import type { Finding } from "./linter.ts";

/** What came of a step: whether what it shows holds, in a sentence, and the lines that prove it. */
export interface Verdict {
  readonly holds: boolean;
  readonly title: string;
  readonly details: readonly string[];
}

/** Replaces the lines that stand under a running step. Not shown where the output is no terminal. */
export type Live = (text: string) => void;

export const strong = (text: string): string => styleText("bold", text);
export const faint = (text: string): string => styleText("dim", text);
export const good = (text: string): string => styleText("green", text);
export const bad = (text: string): string => styleText("red", text);

/** Shows a step while it runs and what came of it; plain lines where the output is no terminal. */
export async function step(number: number, title: string, run: (live: Live) => Promise<Verdict>): Promise<boolean> {
  const numbered = (text: string) => `${String(number)}  ${text}`;
  let verdict: Verdict = { holds: false, title, details: [] };
  const { isTTY } = process.stdout;
  const shown = new Listr(
    {
      title: numbered(title),
      task: async (_, task) => {
        try {
          verdict = await run((text) => (task.output = text));
        } catch (error) {
          verdict = { holds: false, title, details: [error instanceof Error ? error.message : String(error)] };
        }
        task.title = numbered(verdict.title);
        if (!verdict.holds) throw new Error(task.title);
      },
    },
    {
      renderer: isTTY ? "default" : "silent",
      rendererOptions: { formatOutput: "truncate" },
      exitOnError: false,
      registerSignalListeners: false,
    },
  );
  if (!isTTY) console.log(`  ${numbered(title)}`);
  await shown.run();
  if (!isTTY) console.log(`${verdict.holds ? good("✔") : bad("✖")} ${numbered(verdict.title)}`);
  for (const line of verdict.details) console.log(`    ${line}`);
  console.log();
  return verdict.holds;
}

/** A bar of 30 cells with its percentage. */
export function bar(done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const cells = Math.round(share * 30);
  return `${good("█".repeat(cells))}${faint("░".repeat(30 - cells))} ${String(Math.floor(share * 100)).padStart(3)} %`;
}

export function size(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function count(n: number, noun: string): string {
  return `${String(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** Rows in columns. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** The words of a text in lines of at most `width` characters. */
export function wrap(text: string, width = 100): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** The lines around a finding, with marks under what it is about. */
export function codeFrame(source: string, finding: Finding): string[] {
  const first = Math.max(1, finding.line - 2);
  const lines = source.split("\n").slice(first - 1, finding.endLine + 1);
  const digits = String(first + lines.length).length;
  return lines.flatMap((text, i) => {
    const line = first + i;
    const number = String(line).padStart(digits);
    if (line !== finding.line) return [faint(`  ${number} | `) + text];
    const end = finding.endLine === line ? finding.endColumn : text.length + 1;
    const indent = text.slice(0, finding.column - 1).replaceAll(/[^\t]/g, " ");
    const marks = indent + "^".repeat(Math.max(1, end - finding.column));
    return [`${bad(">")} ${number} ${faint("|")} ${text}`, `  ${" ".repeat(digits)} ${faint("|")} ${bad(marks)}`];
  });
}
