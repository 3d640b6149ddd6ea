// The exit code of a child is set by an event, for which this loop leaves no room.
// Ends: blocked
import { execSync, spawn } from "node:child_process";

const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
while (child.exitCode === null) execSync("sleep 0.05"); // starves
