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

/** What a program has printed or told, without what another machine would tell otherwise: folders, columns and times. */
export function alike(text: string): string {
  return text
    .replace(NODES_OWN, "")
    .replaceAll(/file:\/\/\S*\/(\S+?:\d+):\d+/gu, "$1")
    .replaceAll(/\d+\.\d s|\d+ ms/gu, "0.0 s");
}

export function promisedBy(path: string): Promised {
  const source = readFileSync(path, "utf8");
  const lines = (word: string): string =>
    Array.from(source.matchAll(new RegExp(`// ${word} (.*)$`, "gmu")), ([, line = ""]) => `${line}\n`).join("");
  return { code: Number(lines("ends with code")), stdout: alike(lines("prints")), stderr: alike(lines("tells")) };
}
