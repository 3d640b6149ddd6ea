import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Contents, Measured } from "./harness/protocol.ts";
import { oursFailed, summarize, toRows } from "./harness/result.ts";
import type { Row } from "./harness/result.ts";
import { run } from "./harness/run.ts";

const SLOW = { timeout: 240_000 };
const FIGURE = expect.any(Number) as number;

test("every benchmark gets the right result from all its subjects and writes its figures", SLOW, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tailrace-bench-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "figures.json");

  const { code, stderr } = await bench("--quick", "--json", file);

  expect({ code, stderr: stderr.replace(/^the build of tailrace is older.*\n/u, "") }).toEqual({ code: 0, stderr: "" });
  const rows = JSON.parse(await readFile(file, "utf8")) as Row[];
  for (const row of rows) {
    expect(row).toEqual({
      bench: expect.any(String) as string,
      subject: expect.stringMatching(/^\S+ \S/u) as string,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/u) as string,
      unit: expect.any(String) as string,
      figure: { median: FIGURE, min: FIGURE, max: FIGURE },
      ratioToOurs: row.unit.startsWith("ns per ") ? FIGURE : null,
      ...(row.remark !== undefined && { remark: expect.any(String) as string }),
    });
  }
  const { stdout } = await bench("--list");
  for (const name of stdout.trim().split("\n")) {
    const subjects = rows.filter((row) => row.bench === name).map(({ subject }) => subject);
    expect(subjects.some((subject) => subject.startsWith("tailrace "))).toBe(true);
    expect(subjects.some((subject) => !subject.startsWith("tailrace "))).toBe(true);
    expect(new Set(subjects).size).toBe(subjects.length);
  }
});

test("a subject that throws, loses items, starves or never lets go is named, and the rest is measured", async () => {
  const file = new URL("fixtures/faulty.ts", import.meta.url);
  const result = await run(file, { rounds: 2, quick: true, limit: 2_000 });

  expect(result.rows.map(({ subject, error, figure }) => [subject, error ?? figure])).toEqual([
    ["tailrace throws", "out of order"],
    ["node counts", { median: FIGURE, min: FIGURE, max: FIGURE }],
    ["node loses one", "wrong result: 999 instead of 1000"],
    ["node waits for nothing", "never done: it waited, and the event loop ran empty"],
    ["node never lets go", "not done after 2000 ms"],
  ]);
  expect(oursFailed(result)).toBe(true);
});

test("a file that is no benchmark is an error that names the file", async () => {
  const file = new URL("fixtures/absent.ts", import.meta.url);
  const options = { rounds: 1, quick: true, limit: 2_000 };
  await expect(run(file, options)).rejects.toThrow(/cannot load .*fixtures\/absent\.ts/u);
});

test("the median lies between the two middle rounds, and the ratio is to the first subject of ours", () => {
  const contents: Contents = {
    kind: "contents",
    job: "count",
    operation: "item",
    subjects: [
      { package: "rxjs", calls: "Subject", name: "rxjs Subject" },
      { package: "tailrace", calls: "one", name: "tailrace one" },
      { package: "tailrace", calls: "two", name: "tailrace two" },
    ],
  };
  const rounds = (subject: string, ...figures: number[]): Measured[] =>
    figures.map((figure, index) => ({ kind: "measured", subject, round: index + 1, figure }));
  const measured = [
    ...rounds("rxjs Subject", 40, 10, 30, 20),
    ...rounds("tailrace one", 9, 10, 11),
    ...rounds("tailrace two", 5, 5, 5),
  ];

  const result = summarize("counting", contents, measured, new Map(), () => "1.2.3");

  const common = { bench: "counting", version: "1.2.3", unit: "ns per item" };
  expect(toRows(result)).toEqual([
    { ...common, subject: "rxjs Subject", figure: { median: 25, min: 10, max: 40 }, ratioToOurs: 2.5 },
    { ...common, subject: "tailrace one", figure: { median: 10, min: 9, max: 11 }, ratioToOurs: 1 },
    { ...common, subject: "tailrace two", figure: { median: 5, min: 5, max: 5 }, ratioToOurs: 0.5 },
  ]);
  expect(oursFailed(result)).toBe(false);
});

test.each([
  { args: ["chanel"], message: "no benchmark chanel; there are: broadcast, channel, " },
  { args: ["--rounds", "0"], message: '--rounds must be a whole number from 1, not "0"' },
  { args: ["--fast"], message: "--fast" },
  { args: ["--quick", "--json", "no/such/folder/figures.json"], message: "no/such/folder" },
])("bench $args is refused before anything is measured", async ({ args, message }) => {
  const { code, stdout, stderr } = await bench(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

interface Outcome {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Many processes load the same packages; figures that mean nothing may come from what another one has compiled. */
const compiled = { NODE_COMPILE_CACHE: fileURLToPath(new URL("../../node_modules/.cache/bench", import.meta.url)) };

/** Runs the command line as `pnpm bench` does, without the export condition that the tests themselves run under. */
function bench(...args: string[]): Promise<Outcome> {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const options = { env: { ...process.env, ...compiled, NODE_OPTIONS: "" }, timeout: 220_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}
