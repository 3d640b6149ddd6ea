import { execFile } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { isNode } from "../child.ts";
import { within } from "../deadline.ts";
import { isPossible } from "../watch/watched.ts";
import { errorOf, noProcessIsLeft, rawPool } from "./pools.ts";
import { openRoll } from "./roll.ts";

noProcessIsLeft();

describe.runIf(isNode)("a process is ended", () => {
  test("by SIGTERM, if that is enough", async () => {
    await using roll = await openRoll();
    await using pool = rawPool({ killAfter: 60_000 });
    const timedOut = errorOf(pool.run(["stuck", roll.path], { timeout: 1000 }));
    const { gone } = await roll.next();
    expect((await timedOut).name).toBe("TimeoutError");
    await within(gone);
  });

  test("by SIGKILL, if it is there after killAfter", async () => {
    await using roll = await openRoll();
    await using pool = rawPool({ killAfter: 300 });
    const timedOut = errorOf(pool.run(["stubborn", roll.path], { timeout: 1000 }));
    const { gone } = await roll.next();
    await timedOut;
    const begun = performance.now();
    expect(pool.stats.slots.terminating).toBe(1);
    await within(gone);
    expect(performance.now() - begun).toBeGreaterThan(250);
    expect(await pool.run(["echo", "goes on"])).toBe("goes on");
  });

  test("with all processes of its group", async () => {
    await using roll = await openRoll();
    await using pool = rawPool();
    const timedOut = errorOf(pool.run(["family", roll.path], { timeout: 2000 }));
    const { gone } = await roll.next();
    await timedOut;
    await within(gone);
  });
});

/** Runs a program that has a pool of its own; it reads TypeScript. */
function startParent(program: string): ChildProcess {
  const module = JSON.stringify(new URL("raw.js", import.meta.url).href);
  const text = `import { processPool } from "tailrace/node";
const pool = processPool({ module: ${module}, execArgv: [], max: 2, killAfter: 500 });
${program}`;
  const args = ["--conditions=tailrace-source", "--disable-warning=ExperimentalWarning", "--input-type=module"];
  return execFile(process.execPath, [...args, "--eval", text], { cwd: import.meta.dirname });
}

describe.runIf(isPossible)("when the parent is killed, so is a process that is", () => {
  test.each([["live"], ["stuck"], ["stubborn"]])("%s", async (act) => {
    await using roll = await openRoll();
    const parent = startParent(`await pool.run(${JSON.stringify([act, roll.path])});`);
    const ended = once(parent, "close");
    const { gone } = await within(roll.next());
    parent.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
    await within(gone);
  });
});

test.runIf(isPossible)("a program that has not closed its pool ends when it has nothing else to do", async () => {
  await using roll = await openRoll();
  const parent =
    startParent(`void pool.run(["live", ${JSON.stringify(roll.path)}], { id: "live" }).catch(() => undefined);
process.stdin.once("data", async () => {
  pool.kill("live");
  console.log(await pool.run(["echo", "idle"]));
  process.stdin.destroy();
});`);
  let said = "";
  parent.stdout?.on("data", (text: string) => (said += text));
  const ended = once(parent, "close");
  const { gone } = await within(roll.next());
  parent.stdin?.write("go\n");
  await within(gone);
  expect([await within(ended), said]).toEqual([[0, null], "idle\n"]);
});
