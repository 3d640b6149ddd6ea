// The child runs until it is told to stop, which is what happens right before the wait.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
await once(child, "spawn");
await sleep(50);
child.kill();
const [, signal] = await once(child, "exit");
assert.equal(signal, "SIGTERM");
