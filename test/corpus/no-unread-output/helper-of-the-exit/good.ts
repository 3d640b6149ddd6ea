// The text is collected from the start; the exit code is looked at in the meantime.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { text } from "node:stream/consumers";

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
}

async function output(script: string): Promise<string> {
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  const [code, collected] = await Promise.all([exitOf(child), text(child.stdout)]);
  if (code !== 0) throw new Error(`exit code ${String(code)}`);
  return collected;
}

const station = await output('process.stdout.write("Basel\\n".repeat(100_000))');
if (station.length !== 600_000) throw new Error(station.slice(0, 20));
