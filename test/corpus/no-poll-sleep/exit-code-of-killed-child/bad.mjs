// A child that was killed by a signal has no exit code: the loop waits for one for ever.
// Ends: hang
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const child = spawn("sleep", ["5"], { stdio: "ignore" });
setTimeout(() => child.kill(), 20);

while (child.exitCode === null) { // starves
  await sleep(10); // waits
}
