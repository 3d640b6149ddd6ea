import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { Worker } from "node:worker_threads";
import { drive } from "tailrace";
import type { Outcome } from "./attempt.ts";
import type { HostBehaviour } from "./host-server.ts";
import { startHosts } from "./hosts.ts";
import type { Hosts } from "./hosts.ts";
import type { Check, Finding } from "./linter.ts";
import { repair } from "./repair.ts";
import { files } from "./shards.ts";
import { behaviours, bound, capacity, chunkSize, faultOf, hostCount, inputOf, run, stuckAfter } from "./trial.ts";
import type { Input } from "./trial.ts";
import { bad, bar, codeFrame, count, faint, good, size, step, strong, table, wrap } from "./view.ts";
import type { Live, Verdict } from "./view.ts";

const here = import.meta.dirname;
const form = (name: string) => new URL(`${name}.ts`, import.meta.url).href;
const equal = "every host's checksum equals the source's";

/**
 * Shows the whole story with the files of `path`. Resolves to whether everything held.
 *
 * @throws Error if the input cannot be read or is empty
 */
export async function story(path: string): Promise<boolean> {
  const paths = await files(path);
  const whole = await inputOf(path, paths);
  const small = await inputOf(path, paths, capacity / 2);
  if (whole.expected.bytes === 0) throw new Error(`${path} holds nothing to replicate`);

  introduce(paths.length, whole);
  const checking = drive(checkForms()); // types take seconds to read: they are ready by step 3
  const hosts = await startHosts(behaviours);
  try {
    const held = [
      await step(1, "A small input in all three forms", (live) => smallPasses(hosts, small, live)),
      await step(2, "The whole input in naive.ts", (live) => naiveHangs(hosts, whole, live)),
      await step(3, "ESLint with eslint-plugin-tailrace on the three files", (live) =>
        guiltyLineIsFound(checking, live),
      ),
      await step(4, "The rule's suggestion, applied to a copy of naive.ts", (live) =>
        repaired(checking, hosts, whole, live),
      ),
      await step(5, "The whole input in driven.ts and fanned.ts", (live) => everythingArrives(hosts, whole, live)),
    ].every(Boolean);
    console.log(held ? good("All of it held.") : bad("Not all of it held."));
    return held;
  } finally {
    await hosts.close();
  }
}

async function checkForms(): Promise<Check> {
  const workerData = [here, ["naive.ts", "driven.ts", "fanned.ts"]];
  const [check] = (await once(new Worker(new URL("check.worker.ts", import.meta.url), { workerData }), "message")) as [
    Check,
  ];
  return check;
}

function introduce(files: number, { path, expected }: Input): void {
  const hosts = Object.entries<HostBehaviour>(behaviours).map(
    ([name, { rate }]) => `${name} ${rate === undefined ? "as fast as it can" : `at ${size(rate)}/s`}`,
  );
  const room = `${String(hostCount)} hosts × ${String(capacity)} chunks × ${String(chunkSize / 1024)} KiB`;
  console.log(`
${strong("Tailrace: nothing waits for something that is not running")}

  input  ${relative(process.cwd(), path)}: ${count(files, "file")}, ${size(expected.bytes)}
  hosts  ${hosts.join(", ")}; HTTP, in a process of their own
  bound  ${room} = ${size(bound)} in memory
`);
}

async function smallPasses(hosts: Hosts, input: Input, live: Live): Promise<Verdict> {
  const { faults } = await runAll(["naive", "driven", "fanned"], hosts, input, live);
  const holds = faults.every((fault) => fault === undefined);
  const small = `${size(input.expected.bytes)}, fits in the channels`;
  return {
    holds,
    title: `A small input (${small}) ${holds ? "passes" : "does not pass"} in all three forms`,
    details: table([
      ["naive", faults[0] ?? equal],
      ["driven", faults[1] ?? equal],
      ["fanned", faults[2] ?? equal],
    ]),
  };
}

async function naiveHangs(hosts: Hosts, input: Input, live: Live): Promise<Verdict> {
  const outcome = await run(form("naive"), hosts, input, live);
  const whole = `The whole input (${size(input.expected.bytes)})`;
  if (input.expected.shards <= capacity) {
    const fault = faultOf(outcome, input.expected);
    return {
      holds: fault === undefined,
      title: `${whole} fits in the channels too: naive.ts ${fault ?? "passes"}`,
      details: [`Give a directory of more than ${size(bound)} to see it hang.`],
    };
  }
  if (outcome.kind !== "stuck") {
    const what = faultOf(outcome, input.expected) ?? "passes";
    return { holds: false, title: `${whole} should hang in naive.ts; it ${what}`, details: [] };
  }
  const { read, waits } = outcome;
  return {
    holds: true,
    title: `${whole} hangs in naive.ts: stopped after ${String(stuckAfter / 1000)} s without progress`,
    details: [
      `${bar(read, input.expected.bytes)}  ${size(read)} read, then silence; what waits for what:`,
      ...waits.split("\n"),
    ],
  };
}

async function guiltyLineIsFound(checking: Promise<Check>, live: Live): Promise<Verdict> {
  live("reading types …");
  const { findings, typed } = await checking;
  const source = await readFile(join(here, "naive.ts"), "utf8");
  const guilty = source.split("\n").findIndex((line) => line.includes(".send(")) + 1;
  const [first] = findings;
  const holds = typed === 3 && findings.length === 1 && first?.file === join(here, "naive.ts") && first.line === guilty;
  const found = `${String(findings.length)} findings in ${String(typed)} of 3 files with types`;
  return {
    holds,
    title: holds
      ? "ESLint with eslint-plugin-tailrace finds the guilty line in naive.ts, and nothing in driven.ts and fanned.ts"
      : `ESLint should find line ${String(guilty)} of naive.ts and nothing else; it has ${found}`,
    details: findings.flatMap((finding) => [
      `${strong(place(finding))}  ${faint(finding.rule)}`,
      ...wrap(finding.message),
      ...(holds ? codeFrame(source, finding) : []),
    ]),
  };
}

async function repaired(checking: Promise<Check>, hosts: Hosts, input: Input, live: Live): Promise<Verdict> {
  const [finding] = (await checking).findings;
  if (finding === undefined) return { holds: false, title: "There is no finding to repair", details: [] };
  using copy = await repair(finding);
  const fault = faultOf(await run(copy.url, hosts, input, live), input.expected);
  return {
    holds: fault === undefined,
    title: `The rule's suggestion, applied to a copy of naive.ts, ${fault === undefined ? "makes it pass" : "fails"}`,
    details: [
      copy.title,
      ...copy.diff.map((line) => (line.startsWith("-") ? bad(line) : good(line))),
      `${size(input.expected.bytes)}  ${fault ?? equal}`,
    ],
  };
}

async function everythingArrives(hosts: Hosts, input: Input, live: Live): Promise<Verdict> {
  const { outcomes, faults } = await runAll(["driven", "fanned"], hosts, input, live);
  const within = outcomes.every((outcome) => outcome.kind === "replicated" && outcome.buffered <= bound);
  const holds = within && faults.every((fault) => fault === undefined);
  return {
    holds,
    title: `The whole input (${size(input.expected.bytes)}) ${holds ? "arrives" : "does not arrive"} everywhere`,
    details: table([
      ["", "time", "rate", "most buffered", "bound", "memory before", "peak", ""],
      ["driven", ...figures(outcomes[0]), faults[0] ?? equal],
      ["fanned", ...figures(outcomes[1]), faults[1] ?? equal],
    ]),
  };
}

function figures(outcome: Outcome | undefined): string[] {
  if (outcome?.kind !== "replicated") return Array<string>(6).fill("");
  const { seconds, read, buffered, memory } = outcome;
  return [
    `${seconds.toFixed(2)} s`,
    `${size(read / seconds)}/s`,
    size(buffered),
    size(bound),
    size(memory.before),
    size(memory.peak),
  ];
}

/** Runs forms one after the other. */
async function runAll(names: readonly string[], hosts: Hosts, input: Input, live: Live) {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const done = names.slice(0, outcomes.length).map((before) => `${before.padEnd(6)}  ${bar(1, 1)}\n`);
    outcomes.push(
      await run(form(name), hosts, input, (text) => {
        live(`${done.join("")}${name.padEnd(6)}  ${text}`);
      }),
    );
  }
  return { outcomes, faults: outcomes.map((outcome) => faultOf(outcome, input.expected)) };
}

function place({ file, line, column }: Finding): string {
  return `${relative(here, file)}:${String(line)}:${String(column)}`;
}
