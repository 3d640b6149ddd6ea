import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readsSources, runChild } from "../child.ts";

const fixture = fileURLToPath(new URL("leftovers.fixture.ts", import.meta.url));

test.runIf(readsSources)(
  "whatever phase a fan-out fails in, no file, socket, timer or wait is left",
  { timeout: 20_000 },
  async () => {
    const { code, stdout, stderr } = await runChild(["--conditions=tailrace-source", fixture], import.meta.dirname);
    expect(code, stderr).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines).toHaveLength(15);
    for (const line of lines) expect(line).toMatch(/: nothing is active, nothing waits$/);
  },
);
