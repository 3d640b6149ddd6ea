// readline has the output, and the loop over its lines runs before the promise of the exit is awaited.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const script = "for (let line = 0; line < 30_000; line += 1) console.log(line)";
const { stdout, process: child } = start();
const closed = once(child, "close");
let lines = 0;
for await (const line of createInterface({ input: stdout })) lines += line === "" ? 0 : 1;
await closed;
if (lines !== 30_000) throw new Error(String(lines));

function start() {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  return { process: child, stdout: child.stdout };
}
