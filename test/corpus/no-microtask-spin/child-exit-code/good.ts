// It waits for the event.
import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
await once(child, "exit");
assert.equal(child.exitCode, 0);
