import { describe, expect, test } from "vitest";
import { runChild } from "../child.ts";
import { isPossible, runWatched } from "./watched.ts";

const PROGRAM = `import { channel, scope, waiting } from "tailrace";
const jobs = channel({ name: "jobs" });
async function pump() {
  await null;
  await jobs.receive();
}
void pump();
async function serve() {
  for await (const request of channel({ name: "requests" }));
}
void serve();
void scope(async function body(s) { s.spawn(() => new Promise(() => undefined)); });
await waiting("reply", new Promise(() => undefined));`;

/** What a report says of places, without where the program is. */
async function sitesOf(program: string): Promise<readonly string[]> {
  const { stderr } = await runWatched(program);
  return Array.from(stderr.matchAll(/^ *at (.*)$/gmu), ([, site = ""]) => site.replace(/file:.*\[eval1\]/u, "app"));
}

describe.runIf(isPossible)("under the watch, a report says where a wait was written", () => {
  test("by function, line and column, also behind what was called and awaited", async () => {
    const sites = await sitesOf(PROGRAM);
    expect(sites.toSorted()).toEqual(["app:12:6", "app:13:7", "pump (app:5:14)", "serve (app:9:20)"]);
  });

  test("unless it was told not to", async () => {
    const first = `import { watch } from "tailrace/watch"; watch({ callSites: false });`;
    expect(await sitesOf(first + PROGRAM)).toEqual([]);
  });
});

test.runIf(isPossible)("what is no answer to that is refused", async () => {
  const program = `import { watch } from "tailrace/watch"; watch({ callSites: "no" });`;
  const args = ["--conditions=tailrace-source", "--input-type=module", "--eval", program];
  const { code, stderr } = await runChild(args, import.meta.dirname);
  expect(code).toBe(1);
  expect(stderr).toMatch(/ArgumentError.*callSites: was given "no", wants a boolean/u);
});
