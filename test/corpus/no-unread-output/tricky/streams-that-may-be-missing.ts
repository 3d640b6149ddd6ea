// Where there is no stream there is no pipe that could be full: the other path needs no reader.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

function start(): ChildProcess {
  return spawn(process.execPath, ["-e", 'console.log("x".repeat(300_000))']);
}

const child = start();
let size = 0;
if (child.stdout) {
  child.stdout.on("data", (chunk: Buffer) => (size += chunk.length));
}
child.stderr?.resume();
await new Promise((resolve) => child.once("close", resolve));
if (size !== 300_001) throw new Error(String(size));
