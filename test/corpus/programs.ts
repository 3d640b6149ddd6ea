import { globSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import type { ServerName } from "../servers/servers.ts";

/** How a program that starves ends, as its header says. */
export type Ending = "blocked" | "exit 13" | "exit 0 early" | "exit 1" | "hang";

/** One file of the corpus. */
export interface Program {
  /** Rule whose corpus it belongs to. */
  readonly rule: string;
  /** `bad` starves, `good` is its repair, `tricky` is right code that looks wrong. */
  readonly kind: "bad" | "good" | "tricky";
  /** Path below `test/corpus`, with slashes; also its name in test titles. */
  readonly name: string;
  readonly path: string;
  /** The comment lines at its top, without the slashes. */
  readonly header: readonly string[];
  /** Value of the header line `Ends:`, if there is one. */
  readonly ends: string | undefined;
  /** Value of the header line `Needs types:`, if there is one: why the rule cannot see this without types. */
  readonly needsTypes: string | undefined;
  /** Value of the header line `Fails:`, if there is one: part of the message with which it ends by exit 1. */
  readonly fails: string | undefined;
  /** Value of the header line `Not strict:`, if there is one: why the strict presets report it though it is right. */
  readonly notStrict: string | undefined;
  /** Value of the header line `Server:`, if there is one: what the program connects to, by its environment. */
  readonly server: ServerName | undefined;
  /** Lines, from 1, that end in `// starves`: what the rule reports. */
  readonly starvingLines: readonly number[];
  /** Lines that end in `// waits`: where the program stands for ever, if that is not where its fault is. */
  readonly waitingLines: readonly number[];
}

const corpus = import.meta.dirname;
const serverNames: readonly string[] = ["postgres", "redis"] satisfies ServerName[];
const endings: readonly string[] = ["blocked", "exit 13", "exit 0 early", "exit 1", "hang"] satisfies Ending[];

/** Every program of the corpus, in the order of their names. `helper…` and what is in `lib` is imported by them. */
export const programs: readonly Program[] = globSync("*/**/*.{ts,mjs,cjs}", { cwd: corpus })
  .filter((file) => !basename(file).startsWith("helper") && !file.split(sep).includes("lib"))
  .sort()
  .map(readProgram);

/** What is wrong with the form of a program; empty when nothing is. */
export function faults({ kind, name, header, ends, fails, server, starvingLines, waitingLines }: Program): string[] {
  const found: string[] = [];
  if (!header[0]?.endsWith(".")) found.push("begins with no comment that says what waits, for what, and why nothing comes");
  if (server !== undefined && !serverNames.includes(server)) found.push(`needs one of ${serverNames.join(", ")} as its "Server:"`);
  if (kind === "bad") {
    if (ends === undefined || !endings.includes(ends)) found.push(`needs a header line "Ends:" with one of ${endings.join(", ")}`);
    if ((ends === "exit 1") !== (fails !== undefined)) found.push('needs a header line "Fails:" where it ends by exit 1, and only there');
    if (starvingLines.length === 0) found.push('marks no line with "// starves"');
    if (!twins(name).includes("good")) found.push("has no good twin");
  } else {
    if (ends !== undefined || starvingLines.length + waitingLines.length > 0) found.push("is marked as starving");
    if (kind === "good" && !twins(name).includes("bad")) found.push("has no bad twin");
  }
  return found;
}

function twins(name: string): string[] {
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  return programs.filter((program) => program.name.startsWith(folder)).map((program) => program.kind);
}

function readProgram(file: string): Program {
  const path = join(corpus, file);
  const lines = readFileSync(path, "utf8").split("\n");
  const code = lines.findIndex((line) => !line.startsWith("//"));
  const header = lines.slice(0, code).map((line) => line.slice(2).trim());
  const [rule = "", folder] = file.split(sep);
  return {
    rule,
    kind: folder === "tricky" ? "tricky" : basename(file).startsWith("bad.") ? "bad" : "good",
    name: file.replaceAll(sep, "/"),
    path,
    header,
    ends: headerValue(header, "Ends"),
    needsTypes: headerValue(header, "Needs types"),
    notStrict: headerValue(header, "Not strict"),
    fails: headerValue(header, "Fails"),
    server: headerValue(header, "Server") as ServerName | undefined,
    starvingLines: marked(lines, "starves"),
    waitingLines: marked(lines, "waits"),
  };
}

function marked(lines: readonly string[], mark: string): number[] {
  return lines.flatMap((line, index) => (line.endsWith(`// ${mark}`) ? [index + 1] : []));
}

function headerValue(header: readonly string[], key: string): string | undefined {
  return header.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2);
}
