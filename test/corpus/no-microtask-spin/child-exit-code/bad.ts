// The exit of a child is an event: its exit code stays null as long as nothing but settled promises is awaited.
// Ends: blocked
import { spawn } from "node:child_process";

const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
const pause = (): Promise<void> => Promise.resolve();
while (child.exitCode === null) await pause(); // starves
