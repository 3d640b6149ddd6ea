// The helper starts a child of its own with each call, and listens to that.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";

function run(code: string): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["-e", code], { stdio: "ignore" });
    child.once("exit", resolve);
  });
}

const first = await run("0");
const second = await run("process.exit(3)");
assert.deepEqual([first, second], [0, 3]);
