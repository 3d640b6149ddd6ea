import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./root.ts";

/** `recording FILE`: what somebody sees who runs an example of the guide. The suite runs it, and checks each line. */
export function showRecording([file = ""]: readonly string[]): string {
  const source = readFileSync(join(root, file), "utf8");
  const seen = Array.from(source.matchAll(/\/\/ (?:prints|tells) (.*)$/gmu), ([, line = ""]) => line);
  if (seen.length === 0) throw new Error(`${file} promises nothing`);
  const code = /\/\/ ends with code (\d+)$/mu.exec(source)?.[1] ?? "0";
  return ["```console", `$ node ${basename(file)}`, ...seen, "$ echo $?", code, "```"].join("\n");
}
