import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { isNode, runChild } from "../child.ts";

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

/** What a user sees of a run of Vitest; and what it says of each test by itself. */
async function run(): Promise<{
  readonly code: number | null;
  readonly text: string;
  readonly of: (name: string) => string;
}> {
  const folder = join(import.meta.dirname, "hangs");
  const { code, stdout, stderr } = await runChild(
    [vitest, "run", "--config", join(folder, "vitest.config.ts")],
    folder,
  );
  const text = stripVTControlCharacters(stdout + stderr);
  return {
    code,
    text,
    of: (name) => text.split(/^ FAIL /mu).find((part) => part.split("\n")[0]?.endsWith(name)) ?? "",
  };
}

// Vitest itself needs a newer Node than the runtime does.
test.runIf(parseInt(process.versions.node) >= 24 && isNode)(
  "in Vitest, what hangs says what it waits for",
  { timeout: 60_000 },
  async () => {
    const { code, text, of } = await run();
    expect(code, text).toBe(1);
    expect(text).toMatch(/Tests +5 failed \| 3 passed/u);
    expect(of("work that fails")).toContain("Error: disk full");
    expect(of("a wrong argument")).toContain("within: was given -1, wants a number of milliseconds");
    expect(of("a reply comes")).toMatch(
      /not done after 20 ms; meanwhile:\nreceive on channel "replies" \(capacity 0, rendezvous\) has waited 0\.\d s for an item; nobody is sending\n +at \S*reply\.case\.ts:6:24/u,
    );
    expect(of("a test that hangs")).toMatch(
      /Test timed out in 200ms\.\n[^]*\n\nMeanwhile:\nreceive on channel "jobs" \(capacity 0, rendezvous\) has waited \d\.\d s for an item; nobody is sending\n +at \S*channel\.case\.ts:25:35/u,
    );
    expect(of("a test that hangs in something else")).not.toContain("Meanwhile");
  },
);
