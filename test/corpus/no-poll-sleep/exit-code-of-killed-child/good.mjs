// "exit" comes in each case, with the code or with the signal.
import assert from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";

const child = spawn("sleep", ["5"], { stdio: "ignore" });
const exited = once(child, "exit");
child.kill();
assert.deepEqual(await exited, [null, "SIGTERM"]);
