import { describe, expect, test } from "vitest";
import { environmentOf } from "../servers/environment.ts";
import { execute } from "./execute.ts";
import { faults, programs } from "./programs.ts";

const bad = programs.filter(({ kind }) => kind === "bad");
const right = programs.filter(({ kind }) => kind !== "bad");
const expectedOutcome: Record<string, number | "blocked" | "hang"> = {
  blocked: "blocked",
  "exit 13": 13,
  "exit 0 early": 0,
  "exit 1": 1,
  hang: "hang",
};

test("there are at least forty pairs and twenty-five tricky programs", () => {
  expect(bad.length).toBeGreaterThanOrEqual(40);
  expect(right.filter(({ kind }) => kind === "tricky").length).toBeGreaterThanOrEqual(25);
});

test.for(programs)("$name has the form of a corpus program", (program) => {
  expect(faults(program)).toEqual([]);
});

describe.concurrent("bad programs starve on the marked line, or fail as their header says", { timeout: 30_000 }, () => {
  test.for(bad)("$name", async (program, { expect, skip }) => {
    const env = await environmentOf(program.server);
    if (!env) return skip(`${program.server ?? ""} is not installed`);
    const { outcome, stdout, stderr, counts } = await execute(program, env);
    expect({ outcome, stdout }).toEqual({ outcome: expectedOutcome[program.ends ?? ""], stdout: "" });
    for (const line of [...program.starvingLines, ...program.waitingLines]) {
      expect(counts[line]?.entered ?? 0, `line ${line.toString()} is never entered`).toBeGreaterThan(0);
    }
    if (program.fails !== undefined) {
      expect(stderr).toContain(program.fails);
      return;
    }
    // A line of an endless loop is left as often as it is entered, and a child loses whom it asks, and says so.
    if (outcome === "blocked") return;
    expect(stderr).toBe("");
    for (const line of program.waitingLines.length > 0 ? program.waitingLines : program.starvingLines) {
      const { entered, left } = counts[line] ?? { entered: 0, left: 0 };
      expect(left, `line ${line.toString()} is left each time it is entered`).toBeLessThan(entered);
    }
  });
});

describe.concurrent("good and tricky programs complete", { timeout: 30_000 }, () => {
  test.for(right)("$name", async (program, { expect, skip }) => {
    const env = await environmentOf(program.server);
    if (!env) return skip(`${program.server ?? ""} is not installed`);
    const { outcome, stdout, stderr } = await execute(program, env);
    expect({ outcome, stderr }).toEqual({ outcome: 0, stderr: "" });
    expect(stdout.split("\n").length, "prints more than one line").toBeLessThanOrEqual(2);
  });
});
