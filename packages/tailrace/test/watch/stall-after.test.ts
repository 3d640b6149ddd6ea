// What is told to a program that sets `stallAfter` again while it runs. Each is a process of its own.
import { expect, test } from "vitest";
import { runChild } from "../child.ts";
import { isPossible, runWatched } from "./watched.ts";

/** A wait has become old, and `drop` makes that nobody can end it. */
const OLD = `
import { subscribe } from "node:diagnostics_channel";
import { channel } from "tailrace";
import { watch } from "tailrace/watch";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const told = new Promise((resolve) => subscribe("tailrace:stall", ({ verdict }) => { if (verdict === "deadlock") resolve(); }));
const kept = (globalThis.kept = []);
const drop = () => void kept.pop();
watch({ stallAfter: 10, callSites: false });
const server = setInterval(() => undefined, 1000);
void (async () => { kept.push(channel({ name: "jobs" })); await kept[0].receive(); })();
await sleep(50);
`;

/** How it ends, and what the watch prints: of a deadlock only the first line. */
async function run(program: string): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const { code, stderr } = await runWatched(`${OLD}\n${program}\nclearInterval(server);`);
  const lines = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("tailrace: starved: "));
  return { code, lines: lines.map((line) => line.replace(/\d+\.\d s/u, "… s")) };
}

const PROVED = [
  "tailrace: deadlock: this operation can never end, because nothing that still runs can reach it:",
  'receive on channel "jobs" (capacity 0, rendezvous) has waited … s for an item; nobody is sending',
];

test.runIf(isPossible).each([
  ["another time", "watch({ stallAfter: 20 }); drop(); await told;", PROVED],
  [
    "none, in which nothing is told, and a time again",
    `watch({ stallAfter: Infinity }); drop(); collect(); await sleep(50); console.error("again"); watch({ stallAfter: 10 }); await told;`,
    ["again", ...PROVED],
  ],
  ["none, once it has been told", "drop(); await told; watch({ stallAfter: Infinity });", PROVED],
  ["none, before it has been told", "watch({ stallAfter: Infinity }); drop(); await sleep(1); collect();", PROVED],
])("what had become old is told once, and counts at the end, if there is set: %s", async (_, program, lines) => {
  expect(await run(program)).toEqual({ code: 70, lines });
});

test.runIf(isPossible).each([[-1], [NaN], ["10"]])("a time of %o is refused", async (stallAfter) => {
  const args = ["--conditions=tailrace-source", "--input-type=module", "--eval"];
  const program = `import { watch } from "tailrace/watch"; watch({ stallAfter: ${typeof stallAfter === "string" ? '"10"' : String(stallAfter)} });`;
  const { code, stderr } = await runChild([...args, program], import.meta.dirname);
  expect(code).toBe(1);
  expect(stderr).toMatch(/ArgumentError.*stallAfter: was given/u);
});
