import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { root } from "./root.ts";
import type { Link } from "./regions.ts";

interface Manifest {
  readonly name: string;
  readonly description: string;
}

/** `packages`: a table of the published packages, from their package.json. */
export function listPackages(_args: readonly string[], link: Link): string {
  const rows = globSync("packages/*/package.json", { cwd: root })
    .sort()
    .map((file) => {
      const { name, description } = JSON.parse(readFileSync(`${root}/${file}`, "utf8")) as Manifest;
      return `| [\`${name}\`](${link(dirname(file))}) | ${description} |`;
    });
  return ["| package | what it is |", "| --- | --- |", ...rows].join("\n");
}
