import { readFileSync } from "node:fs";

/** What the comments of an example say that it does. */
export interface Promised {
  /** Exit code: 0 if nothing else is said. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Node itself says of a main module that awaits what never comes. */
const NODES_OWN = /^Warning: Detected unsettled top-level await[^]*?\n\n\n\n/mu;

/** What an example has told by standard error, without what differs from place to place. */
export function told(stderr: string): string {
  return stderr.replace(NODES_OWN, "").replaceAll(/\((?:file:)?\/[^()]*\)/gu, "(…)");
}

export function promisedBy(path: string): Promised {
  const source = readFileSync(path, "utf8");
  const lines = (word: string): string =>
    Array.from(source.matchAll(new RegExp(`// ${word} (.*)$`, "gmu")), ([, line = ""]) => `${line}\n`).join("");
  return { code: Number(lines("ends with code")), stdout: lines("prints"), stderr: lines("tells") };
}
