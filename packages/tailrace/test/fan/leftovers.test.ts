import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const fixture = fileURLToPath(new URL("leftovers.fixture.ts", import.meta.url));

// The child reads TypeScript.
test.runIf(process.features.typescript)(
  "whatever phase a fan-out fails in, no file, socket, timer or wait is left",
  { timeout: 20_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=tailrace-source", fixture], {
      timeout: 15_000,
    });
    const lines = stdout.trim().split("\n");
    expect(lines).toHaveLength(15);
    for (const line of lines) expect(line).toMatch(/: nothing is active, nothing waits$/);
  },
);
