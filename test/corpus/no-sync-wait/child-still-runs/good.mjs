// The synchronous call waits for the child itself.
import assert from "node:assert";
import { spawnSync } from "node:child_process";

const { status } = spawnSync(process.execPath, ["--version"], { stdio: "ignore" });
assert.equal(status, 0);
