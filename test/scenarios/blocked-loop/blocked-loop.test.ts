// What stops the only thread that could end the wait, under the watchdog.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { run } from "../../e2e/run.ts";

const args = (program: string, form: string): string[] => [
  "--conditions=tailrace-source",
  "--no-warnings",
  join(import.meta.dirname, program),
  form,
];

describe.for([
  ["pool.child.ts", "ready", "connected: 1\n"],
  ["poll.child.ts", "poll", "ready\n"],
  ["call.child.ts", "call", "42\n"],
])("%s", ([program = "", name = "", printed = ""]) => {
  test("broken is told of by function and line, while it is stuck", async () => {
    const child = spawn(process.execPath, args(program, "broken"), { stdio: ["ignore", "inherit", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines = readFileSync(join(import.meta.dirname, program), "utf8").split("\n");
    const line = lines.findIndex((text) => text.endsWith("// stuck")) + 1;
    let stderr = "";
    for await (const text of child.stderr.setEncoding("utf8")) {
      stderr += String(text);
      if (stderr.includes(`${program}:`)) break;
    }
    expect(stderr).toMatch(/^tailrace: the event loop has not turned for \d+ ms; /u);
    expect(stderr).toMatch(new RegExp(`^ {4}at ${name} \\(file:.*/${program}:${line.toString()}:\\d+\\)$`, "mu"));
  });

  test("fixed is not", async () => {
    const { code, stdout, stderr } = await run(process.execPath, args(program, "fixed"), { cwd: import.meta.dirname });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: printed, stderr: "" });
  });
});
