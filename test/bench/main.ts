// pnpm bench [name…]: measures ours beside its peers. One benchmark is one file in this folder.
import { accessSync, constants, readdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { outdated, unbuilt } from "./harness/built.ts";
import { oursFailed, toRows } from "./harness/result.ts";
import type { BenchResult } from "./harness/result.ts";
import { run } from "./harness/run.ts";
import { table } from "./harness/table.ts";

const USAGE = `usage: pnpm bench [name…] [--rounds N] [--json FILE] [--quick] [--list]
  name…        benchmarks to run; all of them without a name
  --rounds N   measured rounds of each subject, after two seconds to warm up (default 9)
  --json FILE  write the figures to FILE as well
  --quick      a few operations per round: shows that everything runs, measures nothing
  --list       print the names of the benchmarks`;

/** One run of one subject may take this many milliseconds. */
const LIMIT = 120_000;

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "main.ts")
  .map((file) => file.slice(0, -".ts".length))
  .sort();

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let options: Options;
  try {
    options = read(args);
  } catch (error) {
    return refuse(`${messageOf(error)}\n${USAGE}`);
  }
  if (options.list) {
    console.log(all.join("\n"));
    return 0;
  }
  const problem = unbuilt();
  if (problem !== undefined) return refuse(`${problem}: run pnpm build`);
  if (outdated()) {
    console.error("the build of tailrace is older than its sources: run pnpm build to measure what you see");
  }

  const { names, rounds, quick, json } = options;
  const results: BenchResult[] = [];
  let broken = false;
  for (const name of names) {
    try {
      const onProgress = (round: number, subject: string): void => {
        progress(`${name}: round ${String(round)} of ${String(rounds)}, ${subject}`);
      };
      const result = await run(new URL(`${name}.ts`, import.meta.url), { rounds, quick, limit: LIMIT, onProgress });
      progress("");
      console.log(`${quick ? "QUICK, figures mean nothing: " : ""}${table(result)}\n`);
      results.push(result);
      broken ||= oursFailed(result);
    } catch (error) {
      console.error(`${name}: ${messageOf(error)}\n`);
      broken = true;
    }
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results.flatMap(toRows), undefined, 2)}\n`);
  return broken ? 1 : 0;
}

interface Options {
  readonly names: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
  readonly list: boolean;
  readonly json: string | undefined;
}

function read(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: "string" },
      json: { type: "string" },
      quick: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`no benchmark ${unknown.join(", ")}; there are: ${all.join(", ")}`);
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 9));
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds must be a whole number from 1, not ${JSON.stringify(values.rounds)}`);
  }
  const json = values.json === undefined ? undefined : resolve(values.json);
  if (json !== undefined) accessSync(dirname(json), constants.W_OK); // now, not after minutes of measuring
  const names = positionals.length > 0 ? positionals : all;
  return { names, rounds, quick: values.quick, list: values.list, json };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refuse(message: string): number {
  console.error(message);
  return 2;
}

/** Shows a line that the next one replaces, where a person watches. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
}
